using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.StaffConsole.Pages.People;

/// <summary>A3: the school's people, for those who appoint them.</summary>
internal abstract class PeoplePage(IGrainFactory grains) : RecordPage
{
    public const string Path = "/console/people";

    public override string Home => Path;

    protected ISchoolGrain School => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Who.Tenant).ToString());

    protected override Task<bool> LoadAsync() => Task.FromResult(Who.HasAny(CoverPage.Arrangers));

    // Two inputs make up a sign-in.
    protected override string FieldOf(DomainError error) => error.Fields is ["signIn"] ? "subject" : base.FieldOf(error);

    protected static string? SignIn(string? issuer, string? subject) =>
        string.IsNullOrWhiteSpace(issuer) && string.IsNullOrWhiteSpace(subject) ? null : $"{issuer?.Trim()}|{subject?.Trim()}";
}
