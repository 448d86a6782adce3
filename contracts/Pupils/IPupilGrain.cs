using OnlineSafetyTrust.Contracts.Access;

namespace OnlineSafetyTrust.Contracts.Pupils;

/// <summary>
/// A pupil of one school: who they are, their contacts, their bans, and the answer to "may they use this now?".
/// Key: <c>s/{uuid}/pupil/{uuid}</c>.
/// </summary>
[Alias("IPupilGrain")]
public interface IPupilGrain : IStreamGrain
{
    Task<Result<PupilView>> RegisterAsync(CommandContext context, RegisterPupil command);

    Task<Result<PupilView>> UpdateAsync(CommandContext context, UpdatePupil command);

    Task<Result<PupilContactsView>> SetContactsAsync(CommandContext context, SetContacts command);

    Task<Result<PupilView>> RecordLeftAsync(CommandContext context, RecordPupilLeft command);

    Task<Result<PupilView>> RecordReturnAsync(CommandContext context, RecordPupilReturn command);

    /// <summary>What ended when the pupil left was seen to: the task of it ends.</summary>
    Task<Result<PupilView>> SettleEndedMeasuresAsync(CommandContext context, SettleEndedMeasures command);

    /// <summary>D3. The reply is the new ban.</summary>
    Task<Result<BanView>> BanTechnologyAsync(CommandContext context, BanTechnology command);

    /// <summary>D3. The reply is the ban, ended.</summary>
    Task<Result<BanView>> LiftBanAsync(CommandContext context, LiftBan command);

    /// <summary>D5: may this pupil use this now? From the pupil's own state, and the record of a device that it does not know, at the product's time.</summary>
    ValueTask<Result<AccessReply>> DecideAccessAsync(AskAccess question);

    /// <summary>What decisions elsewhere need to know; null when the caller's version is the newest or there is no such pupil.</summary>
    /// <param name="knownVersion">0: nothing known; null then means that there is no such pupil.</param>
    ValueTask<PupilFacts?> GetFactsAsync(long knownVersion);

    /// <summary>Which of the contacts may decide for the pupil; empty when none are entered, or they cannot be read.</summary>
    ValueTask<IReadOnlyList<ContactFacts>> GetContactFactsAsync();

    /// <summary>Whether this is the pupil's date of birth; null: it is not known, or cannot be read.</summary>
    ValueTask<bool?> IsBornOnAsync(DateOnly day);
}

/// <summary>The pupil's stream <c>pupil/{uuid}</c>.</summary>
public static class PupilKey
{
    public const string Kind = "pupil";

    public static StreamKey Of(TenantId school, PupilId pupil) => new(school, new StreamId(Kind, pupil.Value));
}
