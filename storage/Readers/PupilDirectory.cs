using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>
/// Names of pupils, per school, in memory, because names are stored sealed and cannot be searched there. Built at a school's first
/// search, brought up to date from the journal before each one, and forgotten whole after 45 seconds: a destroyed key leaves no
/// event, and destroyed means gone everywhere within 60. At most <see cref="MostSchools"/> schools are held; none waits for another.
/// </summary>
public sealed class PupilDirectory(SystemReader system, TimeProvider time)
{
    private const int MostSchools = 32;
    private const int MostBehind = 2000;
    private const int Batch = 1000;
    private const int LongestSearch = 100;
    private const int MostWords = 5;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(45);

    private static readonly DomainError SearchTooLong = DomainError.Invalid(
        "SEARCH_TOO_LONG", $"Search for at most {MostWords} words and {LongestSearch} characters: the beginnings of a name or two are enough.", "filter.search");

    private readonly ConcurrentDictionary<TenantId, Known> _schools = [];

    /// <summary>A page of ids. A cursor is the order and a pupil, whose place is where they are now, whether the filter still fits them or not.</summary>
    public async Task<Result<Page<PupilId>>> PageAsync(TenantId school, PupilFilter filter, PupilsOrder order, PageRequest page, CancellationToken ct)
    {
        string[] words = [.. (filter.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords + 1)];
        if (words.Length > MostWords || filter.Search?.Length > LongestSearch)
        {
            return SearchTooLong;
        }

        var names = await NamesAsync(school, order, ct);
        var (backward, cursor, limit) = Keyset.Ask(page);
        var from = cursor is null ? (backward ? names.Count : -1) : Place(names, order, cursor);
        if (cursor is not null && from < 0)
        {
            return Keyset.CursorInvalid;
        }

        var rest = backward ? names.Take(from).Reverse() : names.Skip(from + 1);
        var fitting = rest.Where(n => n.Left == filter.Left && Fits(n.YearGroup, filter.YearGroup) && Fits(n.ClassName, filter.ClassName) && words.All(n.HasWord));
        var (rows, hasNext, hasPrevious) = Keyset.Cut([.. fitting.Take(limit + 1)], page);
        return new Page<PupilId>([.. rows.Select(n => new PageItem<PupilId>(Cursor(order, n.Id), n.Id))], hasNext, hasPrevious);
    }

    private static bool Fits(string? value, string? wanted) => wanted is null || Unreadable.Is(value) || string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);

    private static string Cursor(PupilsOrder order, PupilId id) => $"{order}:{id}";

    private static int Place(IReadOnlyList<PupilName> names, PupilsOrder order, string cursor)
    {
        var prefix = $"{order}:";
        if (!cursor.StartsWith(prefix, StringComparison.Ordinal) || !Guid.TryParseExact(cursor.AsSpan(prefix.Length), "D", out var id))
        {
            return -1;
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Id.Value == id)
            {
                return i;
            }
        }

        return -1;
    }

    private async Task<IReadOnlyList<PupilName>> NamesAsync(TenantId school, PupilsOrder order, CancellationToken ct)
    {
        Forget(school);
        var head = await system.HeadAsync(ct);
        while (true)
        {
            var known = _schools.GetOrAdd(school, _ => Read(school, head));
            var names = await TakeAsync(school, known, ct);
            if (names.Position < head && await ChangedAsync(school, names.Position, head, ct))
            {
                // Whoever comes second takes the first one's, if it is new enough.
                _schools.TryUpdate(school, Read(school, head), known);
                continue;
            }

            names.Position = Math.Max(names.Position, head);
            return order == PupilsOrder.ClassNameAsc ? names.ByClass : names.ByName;
        }
    }

    private Known Read(TenantId school, long head) => new(time.GetTimestamp(), new(async () => new SchoolNames(await ReadAsync(school, CancellationToken.None), head)));

    private async Task<SchoolNames> TakeAsync(TenantId school, Known known, CancellationToken ct)
    {
        try
        {
            return await known.Names.Value.WaitAsync(ct);
        }
        catch when (known.Names.Value.IsFaulted)
        {
            _schools.TryRemove(new(school, known));
            throw;
        }
    }

    private void Forget(TenantId asked)
    {
        foreach (var old in _schools.Where(s => time.GetElapsedTime(s.Value.At) > Life))
        {
            _schools.TryRemove(old);
        }

        if (_schools.Count >= MostSchools && !_schools.ContainsKey(asked))
        {
            _schools.TryRemove(_schools.MinBy(s => s.Value.At));
        }
    }

    private async Task<bool> ChangedAsync(TenantId school, long from, long head, CancellationToken ct) =>
        head - from > MostBehind
        || (await system.StreamsAfterAsync(from, MostBehind, ct)).Any(s => s.Tenant == school && s.Stream.Kind == PupilKey.Kind);

    private async Task<IReadOnlyList<PupilName>> ReadAsync(TenantId school, CancellationToken ct)
    {
        var names = new List<PupilName>();
        for (var after = ""; ;)
        {
            var rows = await system.ViewAsync<PupilView>(school, PupilTables.Pupil, after, Batch, ct, showLost: true);
            names.AddRange(rows.Select(r => new PupilName(r.Body.Id, r.Body.Name ?? "", r.Body.YearGroup, r.Body.ClassName, r.Body.LeftOn is not null)));
            if (rows.Count < Batch)
            {
                names.Sort((a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase) is not 0 and var order ? order : a.Id.Value.CompareTo(b.Id.Value));
                return names;
            }

            after = rows[^1].Id;
        }
    }

    /// <param name="At">When its reading began.</param>
    private sealed record Known(long At, Lazy<Task<SchoolNames>> Names);

    private sealed class SchoolNames(IReadOnlyList<PupilName> names, long position)
    {
        public IReadOnlyList<PupilName> ByName => names;

        /// <summary>Made when it is first asked for.</summary>
        public IReadOnlyList<PupilName> ByClass => field ??= [.. names.OrderBy(n => n.ClassName, StringComparer.OrdinalIgnoreCase)];

        /// <summary>Of the journal: nothing of these pupils has changed since.</summary>
        public long Position { get; set; } = position;
    }

    private sealed record PupilName(PupilId Id, string Name, string YearGroup, string? ClassName, bool Left)
    {
        /// <summary>A name that cannot be read is found by every word: it may be the one that is looked for.</summary>
        public bool HasWord(string beginning) =>
            Unreadable.Is(Name)
            || Name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
            || Name.AsSpan().IndexOfAny(' ', '-') >= 0 && Name.Split(' ', '-').Any(w => w.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

        public override string ToString() => Id.ToString();
    }
}
