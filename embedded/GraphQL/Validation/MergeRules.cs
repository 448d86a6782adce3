using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>
/// 5.3.2, field selection merging. The specification compares every pair of fields with one response name; comparing
/// pairs is quadratic and, through fragments, worse. Being alike is transitive, so it is enough to take all fields of one
/// name together, compare each with the first, and go on with all they select as one set. Two passes: the answers' shapes
/// must agree across all types; names and arguments must agree where an object could be of both parents' types.
/// A set already seen is not looked at again, and the work is bounded.
/// </summary>
internal sealed class MergeRules
{
    private readonly ValidationContext _context;
    private readonly bool _comparesShapes;
    private readonly HashSet<int[]> _seenSets = new(IdsComparer.Instance);
    private readonly HashSet<TypedSelection> _seenSelections = [];
    private readonly Stack<FieldSet> _pending = new();
    private int _work;

    private MergeRules(ValidationContext context, bool comparesShapes) => (_context, _comparesShapes) = (context, comparesShapes);

    public static void Check(ValidationContext context)
    {
        foreach (var comparesShapes in (ReadOnlySpan<bool>)[true, false])
        {
            var rules = new MergeRules(context, comparesShapes);
            foreach (var operation in context.Index.Operations)
            {
                rules.Run(operation);
            }

            if (context.HasErrors)
            {
                return;
            }
        }
    }

    private void Run(Definition operation)
    {
        Follow(operation.Selection, parent: null, name: "");
        while (_work <= _context.Limits.MaxMergeWork && _pending.TryPop(out var set))
        {
            foreach (var sameName in set.Fields.GroupBy(f => f.Node.ResponseName, StringComparer.Ordinal))
            {
                Check(set, [.. sameName]);
            }
        }

        if (_work > _context.Limits.MaxMergeWork)
        {
            _context.Report("The document is too complex to validate: its fields overlap in too many ways.", operation.Node);
        }
    }

    private void Check(FieldSet set, TypedField[] sameName)
    {
        if (sameName.Length == 1)
        {
            if (sameName[0].Below is { } below)
            {
                Follow(below, parent: null, name: "");
            }
        }
        else if (_comparesShapes)
        {
            Compare(set, sameName);
        }
        else
        {
            foreach (var group in ByCommonParent(sameName))
            {
                Compare(set, group);
            }
        }
    }

    private void Compare(FieldSet set, TypedField[] fields)
    {
        _work += fields.Length;
        foreach (var other in fields.AsSpan(1))
        {
            if (Conflict(fields[0], other) is { } reason)
            {
                Report(set, fields[0], other, reason);
                return;
            }
        }

        var below = fields.Where(f => f.Below is not null).Select(f => f.Below!).ToArray();
        if (below.Length > 0)
        {
            Follow(below, set, fields[0].Node.ResponseName);
        }
    }

    private string? Conflict(TypedField a, TypedField b) =>
        _comparesShapes
            ? TypeRelations.HaveSameShape(a.Definition.Type, b.Definition.Type) ? null
                : $"they return conflicting types \"{a.Definition.Type}\" and \"{b.Definition.Type}\""
            : a.Node.Name != b.Node.Name ? $"\"{a.Node.Name}\" and \"{b.Node.Name}\" are different fields"
            : a.Arguments != b.Arguments ? "they have differing arguments"
            : null;

    /// <summary>Fields on different object types never meet in one object; a field on an interface or union may meet any.</summary>
    private IEnumerable<TypedField[]> ByCommonParent(TypedField[] fields)
    {
        var objects = fields.Where(f => f.Parent is ObjectType).GroupBy(f => f.Parent).ToArray();
        if (objects.Length < 2)
        {
            return [fields];
        }

        var anywhere = fields.Where(f => f.Parent is not ObjectType).ToArray();
        _work += objects.Length * anywhere.Length;
        return objects.Select(o => (TypedField[])[.. o, .. anywhere]);
    }

    private void Follow(TypedSelection selection, FieldSet? parent, string name)
    {
        if (_seenSelections.Add(selection))
        {
            Follow([selection], parent, name);
        }
    }

    private void Follow(TypedSelection[] selections, FieldSet? parent, string name)
    {
        // Run reports it; here it only must not go on.
        if (_work > _context.Limits.MaxMergeWork)
        {
            return;
        }

        var fields = Collect(selections);
        if (_seenSets.Add(Array.ConvertAll(fields, f => f.Id)))
        {
            _pending.Push(new(fields, parent, name));
        }
    }

    /// <summary>All fields of the selections and the fragments they spread, each once, in a fixed order.</summary>
    private TypedField[] Collect(TypedSelection[] selections)
    {
        var stamp = _context.Index.NextStamp();
        var fields = new List<TypedField>();
        var pending = new Stack<TypedSelection>(selections);
        while (pending.TryPop(out var selection))
        {
            _work += 1 + selection.Fields.Count + selection.Spreads.Count;
            foreach (var field in selection.Fields)
            {
                if (field.Stamp != stamp)
                {
                    field.Stamp = stamp;
                    fields.Add(field);
                }
            }

            foreach (var fragment in selection.Spreads)
            {
                if (fragment.Stamp != stamp)
                {
                    fragment.Stamp = stamp;
                    pending.Push(fragment.Selection);
                }
            }
        }

        fields.Sort((a, b) => a.Id.CompareTo(b.Id));
        return [.. fields];
    }

    private void Report(FieldSet set, TypedField a, TypedField b, string reason)
    {
        var name = a.Node.ResponseName;
        for (var at = set; at.Parent is { } parent; at = parent)
        {
            reason = $"subfields \"{name}\" conflict because {reason}";
            name = at.Name;
        }

        _context.Report($"Fields \"{name}\" conflict because {reason}. Use different aliases on the fields to fetch both if this was intentional.", a.Node, b.Node);
    }

    /// <param name="Fields">Fields that answer into one object.</param>
    /// <param name="Parent">The set whose fields were merged to get here, if several were.</param>
    /// <param name="Name">Their response name.</param>
    private sealed record FieldSet(TypedField[] Fields, FieldSet? Parent, string Name);

    private sealed class IdsComparer : IEqualityComparer<int[]>
    {
        public static IdsComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] ids)
        {
            var hash = new HashCode();
            foreach (var id in ids)
            {
                hash.Add(id);
            }

            return hash.ToHashCode();
        }
    }
}
