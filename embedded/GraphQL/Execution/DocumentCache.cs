using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A valid document and the plans of its operations, made when first asked for.</summary>
internal sealed class CachedDocument(Document document)
{
    public Document Document { get; } = document;

    public ConcurrentDictionary<string, OperationPlan> Plans { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Documents by their bytes, bounded by number and size in two generations: when the young one is full it becomes the
/// old one, and what is used again moves back. Only valid documents come in, so that garbage evicts nothing.
/// </summary>
internal sealed class DocumentCache(int maxDocuments = 1_000, int maxBytes = 8 * 1024 * 1024)
{
    private readonly Lock _turn = new();
    private Generation _young = new();
    private Generation _old = new();

    public bool TryGet(ReadOnlySpan<byte> source, [NotNullWhen(true)] out CachedDocument? found)
    {
        if (_young.Lookup.TryGetValue(source, out found))
        {
            return true;
        }

        if (!_old.Lookup.TryGetValue(source, out found))
        {
            return false;
        }

        Add(found);
        return true;
    }

    public void Add(CachedDocument document)
    {
        var key = document.Document.Source.ToArray();
        if (!_young.ByBytes.TryAdd(key, document))
        {
            return;
        }

        lock (_turn)
        {
            _young.Bytes += key.Length;
            if (_young.ByBytes.Count > maxDocuments || _young.Bytes > maxBytes)
            {
                _old = _young;
                _young = new();
            }
        }
    }

    private sealed class Generation
    {
        public Generation()
        {
            ByBytes = new(new ByContent());
            Lookup = ByBytes.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public ConcurrentDictionary<byte[], CachedDocument> ByBytes { get; }

        public ConcurrentDictionary<byte[], CachedDocument>.AlternateLookup<ReadOnlySpan<byte>> Lookup { get; }

        public long Bytes { get; set; }
    }

    private sealed class ByContent : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        // Seeded per process: nobody outside can make documents collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
