using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>Rules for a pupil's record (A3). Bans: <see cref="BanDecider"/>; what changes in an update: <see cref="PupilChanges"/>.</summary>
internal static class PupilDecider
{

    public static Result<Events> Register(PupilState state, SchoolFacts facts, RegisterPupil command, PupilId id, CommandContext context)
    {
        if (!MayKeep(facts, context))
        {
            return Authority.LeadersOnly;
        }

        if (state.Record is not null)
        {
            return PupilErrors.AlreadyRegistered;
        }

        var upn = Upn.Normal(command.Upn);
        var errors = Problems(facts, context, command.Name ?? "", command.DateOfBirth, upn, command.YearGroup, command.KeyWorker, command.ClassTeacher, command.Identifiers).ToList();
        var owner = KeyOwner.Of(id);
        return errors.Count > 0
            ? Result<Events>.Failed(errors)
            : Events.Of(new PupilRegistered(
                id, Personal.Of(owner, command.Name!.Trim()), Personal.Of(owner, command.DateOfBirth), Personal.OfText(owner, upn), command.YearGroup, Personal.OfText(owner, command.ClassName),
                command.Phase, command.Sen, command.KeyWorker, command.ClassTeacher, Personal.OfText(owner, command.SourceId), Personal.OfText(owner, command.OffSiteProvider),
                command.Identifiers is { Count: > 0 } identifiers ? Personal.Of(owner, identifiers) : null));
    }

    public static Result<Events> Update(PupilState state, KnownPupil known, SchoolFacts facts, UpdatePupil command, CommandContext context)
    {
        if (!MayKeep(facts, context))
        {
            return Authority.LeadersOnly;
        }

        if (state.Record is not { } record)
        {
            return PupilErrors.Unknown;
        }

        var errors = Problems(
            facts, context, command.Name, command.DateOfBirth, Upn.Normal(command.Upn?.To), command.YearGroup, command.KeyWorker?.To, command.ClassTeacher?.To, command.Identifiers).ToList();
        return errors.Count > 0 ? Result<Events>.Failed(errors)
            : PupilChanges.Of(record, known, command) is { } updated ? Events.Of(updated)
            : Events.None;
    }

    public static Result<Events> SetContacts(PupilState state, IReadOnlyList<PupilContact> known, SchoolFacts facts, SetContacts command, CommandContext context) =>
        !MayKeep(facts, context) ? Authority.LeadersOnly
        : state.Record is not { } record ? PupilErrors.Unknown
        : command.Contacts.Any(c => string.IsNullOrWhiteSpace(c.Name) || string.IsNullOrWhiteSpace(c.Relationship)) ? PupilErrors.ContactNameMissing
        : command.Contacts.Select(c => c.Id).Distinct().Count() != command.Contacts.Count ? PupilErrors.ContactTwice
        : command.Contacts.SequenceEqual(known) ? Events.None
        : command.ExpectedVersion is { } expected && expected != state.ContactsVersion ? PupilErrors.ContactsChanged
        : Events.Of(new ContactsSet(new ContactsBefore(state.Contacts), Personal.Of(KeyOwner.Of(record.Id), command.Contacts)));

    public static Result<Events> Leave(PupilState state, SchoolFacts facts, RecordPupilLeft command, CommandContext context) =>
        !MayKeep(facts, context) ? Authority.LeadersOnly
        : state.Record is not { } record ? PupilErrors.Unknown
        : command.LastDay > London.DateOf(context.Now) ? PupilErrors.LeavesLater
        : record.LeftOn == command.LastDay ? Events.None
        : Events.Of([new PupilLeft(command.LastDay), .. BanDecider.EndByLeaving(state.Bans), .. LeaverMeasures.OfBans(state.Bans, context)]);

    public static Result<Events> Return(PupilState state, SchoolFacts facts, RecordPupilReturn command, CommandContext context) =>
        !MayKeep(facts, context) ? Authority.LeadersOnly
        : state.Record is not { } record ? PupilErrors.Unknown
        : record.LeftOn is not { } left ? PupilErrors.NotLeft
        // On the very day too: a roster that was wrong is put right with the next one.
        : command.FirstDay < left ? PupilErrors.ReturnBeforeLeaving
        : Events.Of(new PupilReturned(command.FirstDay));

    /// <summary>Refuses what makes no sense for somebody who is not on roll.</summary>
    public static DomainError? OnRoll(PupilState state) =>
        state.Record is null ? PupilErrors.Unknown : state.Record.LeftOn is not null ? PupilErrors.HasLeft : null;

    // A roster import is the product's own act.
    private static bool MayKeep(SchoolFacts facts, CommandContext context) => context.Actor.IsSystem || facts.Holds(context, Authority.Leaders);

    private static IEnumerable<DomainError> Problems(
        SchoolFacts facts, CommandContext context, string? name, DateOnly? birth, string? upn, string? yearGroup, PersonId? keyWorker, PersonId? classTeacher,
        IReadOnlyList<PupilIdentifier>? identifiers)
    {
        var today = London.DateOf(context.Now);
        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            yield return PupilErrors.NameMissing;
        }

        if (birth > today.AddYears(-1) || birth < today.AddYears(-25))
        {
            yield return PupilErrors.BirthWrong;
        }

        if (upn is not null && !Upn.IsValid(upn))
        {
            yield return PupilErrors.UpnWrong;
        }

        if (yearGroup is not null && !YearGroups.Contains(yearGroup))
        {
            yield return PupilErrors.YearGroupUnknown;
        }

        if (keyWorker is { } worker && !facts.IsHere(worker))
        {
            yield return PupilErrors.NotOnStaff("keyWorker");
        }

        if (classTeacher is { } teacher && !facts.IsHere(teacher))
        {
            yield return PupilErrors.NotOnStaff("classTeacher");
        }

        if (identifiers is not null
            && (identifiers.Any(i => string.IsNullOrWhiteSpace(i.Kind) || string.IsNullOrWhiteSpace(i.Value) || i.Kind == "upn")
                || identifiers.DistinctBy(i => i.Kind).Count() != identifiers.Count))
        {
            yield return PupilErrors.IdentifierWrong;
        }
    }

    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
