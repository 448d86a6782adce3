namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>One page. The resolver makes it from a keyset page; nothing is counted or cut here.</summary>
public class Connection<T>(IReadOnlyList<Edge<T>> edges, ConnectionPageInfo info, int totalCount = 0) : IConnection
{
    public IReadOnlyList<Edge<T>> Edges { get; } = edges;

    public ConnectionPageInfo Info { get; } = info;

    public int TotalCount { get; } = totalCount;

    internal IReadOnlyList<T> Nodes()
    {
        var nodes = new T[Edges.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Edges[i].Node;
        }

        return nodes;
    }
}

public interface IConnection
{
    ConnectionPageInfo Info { get; }

    int TotalCount { get; }
}

public class Edge<T>(T node, string cursor)
{
    public T Node { get; } = node;

    public string Cursor { get; } = cursor;
}

public class ConnectionPageInfo(bool hasNextPage, bool hasPreviousPage, string? startCursor = null, string? endCursor = null)
{
    public bool HasNextPage { get; } = hasNextPage;

    public bool HasPreviousPage { get; } = hasPreviousPage;

    public string? StartCursor { get; } = startCursor;

    public string? EndCursor { get; } = endCursor;
}
