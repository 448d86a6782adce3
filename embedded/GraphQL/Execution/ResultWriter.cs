using System.Collections;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>
/// The second half: writes depth first, resolving synchronous fields on the way. A null where none may be takes back
/// what was written since the nearest nullable place.
/// </summary>
internal sealed class ResultWriter(OperationContext operation, ErrorReport errors)
{
    private readonly ResponseWriter _out = operation.Writer;
    private readonly List<PathSegment> _path = [];

    /// <summary>False when null must rise further.</summary>
    public bool Object(object source, ObjectSet set, ResultNode? node)
    {
        operation.Aborted.ThrowIfCancellationRequested();
        if (node is null)
        {
            operation.CountObject();
        }

        _out.Raw((byte)'{');
        var isFirst = true;
        var isWhole = true;
        foreach (var field in set.Fields)
        {
            if (!field.IsIncluded(operation.Bits))
            {
                continue;
            }

            _out.Raw(isFirst ? field.Key.AsSpan(1) : field.Key);
            isFirst = false;
            if (!Field(source, set, node, field))
            {
                // The others may have errors to report too; what they write is taken back with the rest.
                isWhole = false;
                if (errors.IsFull)
                {
                    return false;
                }
            }
        }

        _out.Raw((byte)'}');
        return isWhole;
    }

    public bool Field(object source, ObjectSet set, ResultNode? node, PlanField field)
    {
        if (field.IsTypename)
        {
            _out.Raw(set.QuotedName);
            return true;
        }

        var start = _out.Position;
        var depth = _path.Count;
        try
        {
            if (field.Slot >= 0 && node is not null)
            {
                return Nested(node.Slots[field.Slot], field);
            }

            if (field.Shape.IsLeaf && !field.IsMarked)
            {
                FieldAccess.Check(operation, field);
                return field.Source.WriteLeaf(source, operation.ArgumentsOf(field), operation) || (field.Shape.IsNonNull ? NullViolation(field, leaf: true) : Null());
            }

            return field.IsConstant ? Constant(source, field) : Nested(FieldAccess.Start(operation, field, source), field);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or AnswerTooLargeException) && !(e is OperationCanceledException && operation.Aborted.IsCancellationRequested))
        {
            // Deeper fields handle their own: the path ends at this one.
            _path.RemoveRange(depth, _path.Count - depth);
            _path.Add(new(field));
            errors.Add(e, field, _path);
            _path.RemoveAt(depth);
            _out.Truncate(start);
            return !field.Shape.IsNonNull && Null();
        }
    }

    private bool Nested(object? value, PlanField field)
    {
        _path.Add(new(field));
        if (field.IsMarked && value is not null and not ResultFailure)
        {
            operation.Answers(field, value);
        }

        var written = Complete(value, field.Shape, field);
        _path.RemoveAt(_path.Count - 1);
        return written;
    }

    private bool Complete(object? value, Shape shape, PlanField field)
    {
        var start = _out.Position;
        if (value is null)
        {
            return shape.IsNonNull ? NullViolation(field, leaf: false) : Null();
        }

        if (Value(value, shape, field))
        {
            return true;
        }

        if (shape.IsNonNull)
        {
            return false;
        }

        _out.Truncate(start);
        return Null();
    }

    private bool Value(object value, Shape shape, PlanField field)
    {
        switch (value)
        {
            case ResultNode node:
                return Object(node.Source, node.Set, node);
            case ResultList list:
                return List(list.Items, shape.Item!, field);
            case ResultFailure failure:
                errors.Add(failure.Exception, field, _path);
                return false;
        }

        if (shape.Item is { } item)
        {
            return List(FieldAccess.Items(value), item, field);
        }

        if (shape.IsLeaf)
        {
            return field.Source.Leaf!(_out, value)
                ? true
                : throw new InvalidOperationException($"{value.GetType()} is no {field.Definition.Type.Named.Name}.");
        }

        var type = shape.Object ?? FieldAccess.TypeOf(operation, field, value);
        if (type.Requirements.Length > 0 && FieldAccess.Refusal(operation, type.Requirements) is { } refusal)
        {
            errors.Add(refusal, field, _path);
            return false;
        }

        return Object(value, field.Selection!.For(type), null);
    }

    private bool List(IEnumerable items, Shape item, PlanField field)
    {
        _out.Raw((byte)'[');
        var at = _path.Count;
        _path.Add(default);
        var isWhole = true;
        if (items is IList list)
        {
            for (var i = 0; i < list.Count && (isWhole || !errors.IsFull); i++)
            {
                isWhole &= Item(list[i], i, at, item, field);
            }
        }
        else
        {
            var i = 0;
            foreach (var one in items)
            {
                isWhole &= Item(one, i++, at, item, field);
                if (!isWhole && errors.IsFull)
                {
                    break;
                }
            }
        }

        _path.RemoveAt(at);
        _out.Raw((byte)']');
        return isWhole;
    }

    private bool Item(object? value, int index, int at, Shape item, PlanField field)
    {
        if (index > 0)
        {
            _out.Raw((byte)',');
        }

        _path[at] = new(index);
        return Complete(value, item, field);
    }

    private bool Constant(object source, PlanField field)
    {
        if (field.Constant is { } bytes)
        {
            _out.Raw(bytes);
            return true;
        }

        var start = _out.Position;
        var written = Nested(FieldAccess.Start(operation, field, source), field);
        if (written)
        {
            field.Constant = _out.Written.Span[start..].ToArray();
        }

        return written;
    }

    private bool Null()
    {
        _out.Null();
        return true;
    }

    private bool NullViolation(PlanField field, bool leaf)
    {
        if (leaf)
        {
            _path.Add(new(field));
        }

        errors.Add(ErrorBuilder.New().SetMessage("Cannot return null for non-nullable field.").SetCode("HC0018").Build(), field, _path);
        if (leaf)
        {
            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }
}

/// <summary>A field or a list index.</summary>
internal readonly struct PathSegment
{
    private readonly PlanField? _field;
    private readonly int _index;

    public PathSegment(PlanField field) => _field = field;

    public PathSegment(int index) => _index = index;

    public Path Append(Path path) => _field is null ? path.Append(_index) : path.Append(_field.ResponseName);
}
