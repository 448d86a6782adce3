using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Contracts.Schools;

/// <summary>A school: its calendar, its people and their roles, the policy in force. Key: <c>s/{uuid}/school</c>.</summary>
[Alias("ISchoolGrain")]
public interface ISchoolGrain : IStaffGrain
{
    Task<Result<SchoolView>> EstablishAsync(CommandContext context, EstablishSchool command);

    Task<Result<SchoolView>> ChangeDetailsAsync(CommandContext context, ChangeSchoolDetails command);

    Task<Result<SchoolView>> SetCalendarAsync(CommandContext context, SetCalendar command);

    Task<Result<SchoolView>> AdoptPolicyAsync(CommandContext context, AdoptPolicy command);

    Task<Result<PolicyDecisionView>> DecidePolicyQuestionAsync(CommandContext context, DecidePolicyQuestion command);

    Task<Result<SchoolView>> SetSafeguardingNumbersAsync(CommandContext context, SetSafeguardingNumbers command);

    Task<Result<SchoolView>> RecordRollAsync(CommandContext context, RecordRoll command);

    Task<Result<PersonView>> UpdatePersonAsync(CommandContext context, UpdatePerson command);

    Task<Result<PersonView>> EndRoleAsync(CommandContext context, EndRole command);

    Task<Result<PersonView>> ArrangeCoverAsync(CommandContext context, ArrangeCover command);

    /// <returns>The person who is not absent any more.</returns>
    Task<Result<PersonView>> CancelCoverAsync(CommandContext context, CancelCover command);

    /// <summary>The facts that decisions elsewhere need, or null when the caller's version is the newest.</summary>
    /// <param name="knownVersion">0: nothing known.</param>
    ValueTask<SchoolFacts?> GetFactsAsync(long knownVersion);

    /// <summary>As <see cref="GetFactsAsync"/>, read from the journal again: another process may have changed the school.</summary>
    ValueTask<SchoolFacts?> RenewFactsAsync(long knownVersion);
}

public static class SchoolKey
{
    public const string Kind = "school";

    public static readonly StreamId Stream = new(Kind);

    public static StreamKey Of(TenantId school) => new(school, Stream);
}
