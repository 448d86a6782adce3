namespace OnlineSafetyTrust.Bench.Bare;

/// <summary>Writes rows in one durable transaction, by nothing but prepared statements.</summary>
internal interface IBareWriter : IAsyncDisposable
{
    Task WriteAsync(int writer, IReadOnlyList<TemplateRow> rows);
}
