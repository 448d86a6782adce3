using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Contracts.Schools;

/// <summary>A school: its calendar, its people and their roles, the policy in force. Key: <c>s/{uuid}/school</c>.</summary>
[Alias("ISchoolGrain")]
public interface ISchoolGrain : IStreamGrain
{
    Task<Result<SchoolReply>> EstablishAsync(CommandContext context, EstablishSchool command);

    Task<Result<SchoolReply>> SetCalendarAsync(CommandContext context, SetCalendar command);

    Task<Result<SchoolReply>> AdoptPolicyAsync(CommandContext context, AdoptPolicy command);

    Task<Result<SchoolReply>> RecordRollAsync(CommandContext context, RecordRoll command);

    Task<Result<PersonReply>> AddPersonAsync(CommandContext context, AddPerson command);

    Task<Result<PersonReply>> AssignRoleAsync(CommandContext context, AssignRole command);

    Task<Result<PersonReply>> EndRoleAsync(CommandContext context, EndRole command);

    Task<Result<PersonReply>> ArrangeCoverAsync(CommandContext context, ArrangeCover command);

    Task<Result<PersonReply>> RecordLeaverAsync(CommandContext context, RecordLeaver command);

    /// <summary>The facts that decisions elsewhere need, or null when the caller's version is the newest.</summary>
    /// <param name="knownVersion">0: nothing known.</param>
    ValueTask<SchoolFacts?> GetFactsAsync(long knownVersion);
}

public static class SchoolKey
{
    public static readonly StreamId Stream = new("school");

    public static StreamKey Of(TenantId school) => new(school, Stream);
}
