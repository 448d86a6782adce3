namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>Who may use the API from where, and how much. Configuration section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Other sites whose pages may call the API, such as <c>https://dashboard.example</c>. None unless named.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>WebSockets open at once in this process; one more is refused.</summary>
    public int MaxSockets { get; set; } = 20_000;

    /// <summary>Of these, not yet signed in and from one address (of version 6: one /64 network). 0: no limit.</summary>
    public int MaxUnsignedSockets { get; set; } = 500;

    /// <summary>WebSockets that one person may hold at once in this process. 0: no limit.</summary>
    public int MaxSocketsPerPerson { get; set; } = 20;

    /// <summary>Subscriptions that one person may hold at once in this process, over sockets and event streams together. 0: no limit.</summary>
    public int MaxSubscriptionsPerPerson { get; set; } = 100;

    /// <summary>Folder of documents that may be asked by <c>documentId</c>, a <c>*.graphql</c> file each. None: there are no stored documents.</summary>
    public string? StoredDocuments { get; set; }

    /// <summary>Nothing but stored documents is executed.</summary>
    public bool OnlyStoredDocuments { get; set; }

    public BudgetOptions PersonBudget { get; set; } = new() { Burst = 100_000, PerSecond = 5_000 };

    /// <summary>Of a school or trust, all its people together.</summary>
    public BudgetOptions TenantBudget { get; set; } = new() { Burst = 1_000_000, PerSecond = 50_000 };
}

/// <summary>A bucket of cost, in the units of the operations' cost limit (5,000 at most for one operation).</summary>
public sealed class BudgetOptions
{
    /// <summary>What may be spent at once after a rest. 0: no limit.</summary>
    public double Burst { get; set; }

    public double PerSecond { get; set; }
}
