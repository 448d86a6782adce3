using System.Diagnostics;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A trace for each unit of work that has no HTTP request of its own: on a socket they would all share that of the upgrade.</summary>
internal static class OperationTrace
{
    private static readonly ActivitySource Source = new("OnlineSafetyTrust.GraphQL");

    /// <summary>From here on this flow is in a trace of its own, exported or not.</summary>
    public static Activity Begin(string name)
    {
        Activity.Current = null;
        return Source.StartActivity(name) ?? new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start();
    }
}
