using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>How far a use reaches; a wider ban covers everything that reaches further.</summary>
internal enum Reach
{
    Device,
    Network,
    Internet,
}

/// <summary>A use that is asked about.</summary>
/// <param name="Action">The policy's user action, where that is what was asked.</param>
internal sealed record AccessUse(Reach Reach, string? Service, UserAction? Action, DeviceId? Device)
{
    private const string ServicePrefix = "service:";

    /// <summary>Whether the words alone say what is meant; otherwise it takes the school's policy to know.</summary>
    public static AccessUse? OfWords(AskAccess question) => question.Use switch
    {
        "device" => new AccessUse(Reach.Device, null, null, question.Device),
        "network" => new AccessUse(Reach.Network, null, null, question.Device),
        "internet" => new AccessUse(Reach.Internet, null, null, question.Device),
        var use when use.StartsWith(ServicePrefix, StringComparison.Ordinal) && use.AsSpan(ServicePrefix.Length).Trim() is { IsEmpty: false } name =>
            new AccessUse(Reach.Internet, name.ToString(), null, question.Device),
        _ => null,
    };

    public static AccessUse? OfPolicy(AskAccess question, SchoolFacts facts) =>
        facts.Policy?.Policy.UserActions.FirstOrDefault(a => a.Id == question.Use) is { } action
            ? new AccessUse(Reach.Internet, null, action, question.Device)
            : null;

    public bool IsService(string name) => Service is not null && Same(Service, name);

    public static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);
}
