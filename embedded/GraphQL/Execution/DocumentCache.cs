using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A valid document and the plans of its operations, made when first asked for.</summary>
/// <param name="weight">Bytes that were allocated to read it.</param>
internal sealed class CachedDocument(Document document, long weight)
{
    private long _weight = weight;

    public Document Document { get; } = document;

    /// <summary>Bytes of the document and its plans, rather too many than too few.</summary>
    public long Weight => Volatile.Read(ref _weight);

    public ConcurrentDictionary<string, OperationPlan> Plans { get; } = new(StringComparer.Ordinal);

    public void Grow(long bytes) => Interlocked.Add(ref _weight, bytes);
}

/// <summary>
/// Documents by their bytes, bounded by number and by the memory of what was made of them, in two generations: when the young one is
/// full it becomes the old one, and what is used again moves back. Only valid documents come in, so that garbage evicts nothing.
/// </summary>
internal sealed class DocumentCache(int maxDocuments = 1_000, long maxBytes = 32 * 1024 * 1024)
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
            Weigh(document.Weight);
        }
    }

    /// <summary>A plan was made, or a part of one: whichever generation its document is in, it counts as new.</summary>
    public void Grow(CachedDocument document, long bytes)
    {
        document.Grow(bytes);
        lock (_turn)
        {
            Weigh(bytes);
        }
    }

    private void Weigh(long bytes)
    {
        _young.Bytes += bytes;
        if (_young.ByBytes.Count > maxDocuments || _young.Bytes > maxBytes)
        {
            _old = _young;
            _young = new();
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
