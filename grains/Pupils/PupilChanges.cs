using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>The record's personal values, opened for comparison only.</summary>
internal sealed record KnownPupil(string? Name, DateOnly? DateOfBirth, string? Upn, string? ClassName, string? SourceId, string? OffSiteProvider, IReadOnlyList<PupilIdentifier>? Identifiers);

internal static class PupilChanges
{
    /// <summary>Old and new of everything that really changes; null when nothing does.</summary>
    public static PupilUpdated? Of(PupilRecord record, KnownPupil known, UpdatePupil command)
    {
        var owner = KeyOwner.Of(record.Id);
        PupilChange before = new(), after = new();
        if (command.Name?.Trim() is { } name && name != known.Name)
        {
            (before, after) = (before with { Name = record.Name }, after with { Name = Personal.Of(owner, name) });
        }

        if (command.DateOfBirth is { } birth && birth != known.DateOfBirth)
        {
            (before, after) = (before with { DateOfBirth = record.DateOfBirth }, after with { DateOfBirth = Personal.Of(owner, birth) });
        }

        if (command.Upn is { } upn && Upn.Normal(upn.To) != known.Upn)
        {
            (before, after) = (before with { Upn = record.Upn }, after with { Upn = Personal.OfText(owner, Upn.Normal(upn.To)) });
        }

        if (command.YearGroup is { } year && year != record.YearGroup)
        {
            (before, after) = (before with { YearGroup = record.YearGroup }, after with { YearGroup = year });
        }

        if (command.ClassName is { } className && PupilDecider.Text(className.To) != known.ClassName)
        {
            (before, after) = (before with { ClassName = record.ClassName }, after with { ClassName = Personal.OfText(owner, className.To) });
        }

        if (command.Phase is { } phase && phase != record.Phase)
        {
            (before, after) = (before with { Phase = record.Phase }, after with { Phase = phase });
        }

        if (command.Sen is { } sen && sen != record.Sen)
        {
            (before, after) = (before with { Sen = record.Sen }, after with { Sen = sen });
        }

        if (command.KeyWorker is { } worker && worker.To != record.KeyWorker)
        {
            (before, after) = (before with { KeyWorker = record.KeyWorker }, after with { KeyWorker = worker.To });
        }

        if (command.ClassTeacher is { } teacher && teacher.To != record.ClassTeacher)
        {
            (before, after) = (before with { ClassTeacher = record.ClassTeacher }, after with { ClassTeacher = teacher.To });
        }

        if (command.SourceId is { } source && PupilDecider.Text(source.To) != known.SourceId)
        {
            (before, after) = (before with { SourceId = record.SourceId }, after with { SourceId = Personal.OfText(owner, source.To) });
        }

        if (command.OffSiteProvider is { } provider && PupilDecider.Text(provider.To) != known.OffSiteProvider)
        {
            (before, after) = (before with { OffSiteProvider = record.OffSiteProvider }, after with { OffSiteProvider = Personal.OfText(owner, provider.To) });
        }

        if (command.Identifiers is { } identifiers && !identifiers.SequenceEqual(known.Identifiers ?? []))
        {
            // An empty list is a value, not an absence: cleared and never given read the same.
            (before, after) = (before with { Identifiers = record.Identifiers }, after with { Identifiers = Personal.Of(owner, identifiers) });
        }

        return before == new PupilChange() && after == new PupilChange() ? null : new PupilUpdated(record.Id, before, after);
    }
}
