namespace OnlineSafetyTrust.Grains;

/// <summary>Which deadlines follow from a state: what all models' <see cref="StreamModel{TState}.Due"/> say together.</summary>
public static class DueRules
{
    /// <summary>
    /// Raise it with every change of a model's <c>Due</c> that gives a state that is stored already other deadlines: an append stores only the
    /// difference that its events make, so the next start gives every stream the new ones.
    /// </summary>
    public const long Version = 3;
}
