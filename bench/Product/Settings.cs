namespace OnlineSafetyTrust.Bench;

/// <param name="Window">Length of one window.</param>
/// <param name="Turns">Alternating windows per contender.</param>
/// <param name="Sockets">WebSockets to open; null: as many as the machine allows, 10,000 at most.</param>
/// <param name="Short">Fewer rows and requests, to see that everything runs.</param>
internal sealed record Settings(TimeSpan Window, int Turns, bool Short, int? Sockets = null)
{
    public int Pupils => Short ? 100 : 200;
}
