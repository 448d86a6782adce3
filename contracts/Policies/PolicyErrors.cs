namespace OnlineSafetyTrust.Contracts.Policies;

public static class PolicyErrors
{
    /// <summary>Code <c>PACK_INVALID</c>; the message begins with line and column.</summary>
    public static DomainError PackInvalid(string message) => DomainError.Invalid("PACK_INVALID", message, "yaml");

    public static readonly DomainError FloorMismatch =
        DomainError.Invalid("FLOOR_MISMATCH", "This policy and the statutory minimum are for different nations. Choose the minimum of the policy's nation.", "nation");

    public static DomainError UnknownNature(string nature) =>
        DomainError.Invalid("UNKNOWN_NATURE", $"The policy has no nature of incident called '{nature}'. Choose one from its list.", "nature");

    public static readonly DomainError AwarenessNeeded =
        DomainError.Invalid("AWARENESS_NEEDED", "The response to this nature depends on what the pupil understood. Say which it was; 'unknown' is an answer.", "awareness");

    public static readonly DomainError AwarenessNotAsked =
        DomainError.Invalid("AWARENESS_NOT_ASKED", "The policy does not ask what the pupil understood for this nature. Leave it out.", "awareness");

    public static readonly DomainError NoRow =
        DomainError.Refused("NO_ROW", "The policy does not say what to do here. The DSL chooses the steps and gives a reason.", "nature", "awareness");

    public static readonly DomainError TechnicalNature =
        DomainError.Refused("TECHNICAL_NATURE", "This nature is a technical one: it goes to the network manager and has neither a pupil's plan nor a guarded path. Choose the nature of what a child saw or did.", "nature", "path");
}
