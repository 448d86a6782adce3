using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>
/// Numbers argument lists so that equal ones get equal numbers: comparing fields is then comparing numbers,
/// and a large literal is read once however often its field is compared. Order of names does not matter.
/// </summary>
internal sealed class ArgumentIdentity
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    public int Of(ImmutableArray<ArgumentNode> arguments)
    {
        if (arguments.IsEmpty)
        {
            return 0;
        }

        _text.Clear();
        foreach (var argument in arguments.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)))
        {
            _text.Append(argument.Name).Append(':');
            Append(argument.Value);
        }

        var text = _text.ToString();
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _numbers.Count + 1;
            _numbers.Add(text, number);
        }

        return number;
    }

    // Every value ends in a comma and a string tells its length, so that two different values never read alike.
    private void Append(ValueNode value)
    {
        switch (value)
        {
            case VariableNode v:
                _text.Append('$').Append(v.Name);
                break;
            case IntValueNode v:
                _text.Append(v.Text);
                break;
            case FloatValueNode v:
                _text.Append(v.Text);
                break;
            case StringValueNode v:
                _text.Append('"').Append(v.Value.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(v.Value);
                break;
            case BooleanValueNode v:
                _text.Append(v.Value ? "true" : "false");
                break;
            case EnumValueNode v:
                _text.Append(v.Name);
                break;
            case ListValueNode v:
                _text.Append('[');
                foreach (var item in v.Items)
                {
                    Append(item);
                }

                _text.Append(']');
                break;
            case ObjectValueNode v:
                _text.Append('{');
                foreach (var field in v.Fields.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)))
                {
                    _text.Append(field.Name).Append(':');
                    Append(field.Value);
                }

                _text.Append('}');
                break;
            default:
                _text.Append("null");
                break;
        }

        _text.Append(',');
    }
}
