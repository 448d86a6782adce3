namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Who looks after a pupil, from the pupil's record.</summary>
internal interface ICheckerSource
{
    /// <summary>Null: the school has no such pupil.</summary>
    ValueTask<CheckerFacts?> FindAsync(TenantId school, PupilId pupil);
}
