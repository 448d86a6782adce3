using System.Text;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>Random documents of the grammar over the names of the test schema, so that many of them get far into validation.</summary>
internal sealed class DocumentGenerator(int seed)
{
    private static readonly string[] s_fields = ["scale", "id", "title", "name", "incidents", "incident", "named", "person", "related", "pupils", "node", "__typename", "needs", "close", "added", "year", "label", "friends", "type", "on", "fragment"];
    private static readonly string[] s_types = ["Query", "Incident", "Pupil", "Staff", "Person", "Named", "Node", "Subject", "Filter", "Int", "Nature"];
    private static readonly string[] s_arguments = ["int", "string", "id", "filter", "list", "any", "a", "key", "first", "if", "name", "natures"];
    private static readonly string[] s_directives = ["skip", "include", "once", "tag", "unknown"];
    private static readonly string[] s_space = [" ", "  ", "\n", "\r\n", ", ", " # note\n", "\t", "\uFEFF "];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Document()
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Definition();
        }

        return _text.ToString();
    }

    private void Definition()
    {
        var kind = _random.Next(6);
        if (kind == 0)
        {
            SelectionSet(3);
            return;
        }

        if (Chance(5))
        {
            Write("\"about\"");
        }

        if (kind <= 2)
        {
            Write($"fragment F{_random.Next(4)} on {Pick(s_types)}");
        }
        else
        {
            Write(kind == 3 ? "mutation" : kind == 4 ? "subscription" : "query");
            if (!Chance(3))
            {
                Write($"Q{_random.Next(3)}");
            }

            Variables();
        }

        Directives(isConstant: false);
        SelectionSet(4);
    }

    private void Variables()
    {
        if (Chance(2))
        {
            return;
        }

        Write("(");
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Write($"$v{_random.Next(4)}:");
            Type(2);
            if (Chance(3))
            {
                Write("=");
                Value(2, isConstant: true);
            }

            Directives(isConstant: true);
        }

        Write(")");
    }

    private void Type(int depth)
    {
        if (depth > 0 && Chance(3))
        {
            Write("[");
            Type(depth - 1);
            Write("]");
        }
        else
        {
            Write(Chance(2) ? "Int" : Pick(s_types));
        }

        if (Chance(3))
        {
            Write("!");
        }
    }

    private void SelectionSet(int depth)
    {
        Write("{");
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            Selection(depth);
        }

        Write("}");
    }

    private void Selection(int depth)
    {
        switch (_random.Next(8))
        {
            case 0:
                Write($"...F{_random.Next(4)}");
                Directives(isConstant: false);
                return;
            case 1 when depth > 0:
                Write("...");
                if (Chance(2))
                {
                    Write($"on {Pick(s_types)}");
                }

                Directives(isConstant: false);
                SelectionSet(depth - 1);
                return;
        }

        if (Chance(4))
        {
            Write($"{Pick(s_fields)}:");
        }

        Write(Pick(s_fields));
        Arguments(isConstant: false, chance: 3);
        Directives(isConstant: false);
        if (depth > 0 && Chance(2))
        {
            SelectionSet(depth - 1);
        }
    }

    private void Directives(bool isConstant)
    {
        for (var i = 0; i < 3 && Chance(6); i++)
        {
            Write($"@{Pick(s_directives)}");
            Arguments(isConstant, chance: 2);
        }
    }

    private void Arguments(bool isConstant, int chance)
    {
        if (!Chance(chance))
        {
            return;
        }

        Write("(");
        for (var i = _random.Next(1, 3); i > 0; i--)
        {
            Write($"{Pick(s_arguments)}:");
            Value(3, isConstant);
        }

        Write(")");
    }

    private void Value(int depth, bool isConstant)
    {
        switch (_random.Next(depth > 0 ? 11 : 8))
        {
            case 0:
                Write(isConstant ? "1" : $"$v{_random.Next(4)}");
                break;
            case 1:
                Write($"{_random.Next(-100, 100)}");
                break;
            case 2:
                Write($"{_random.Next(10)}.{_random.Next(100)}e{_random.Next(-9, 9)}");
                break;
            case 3:
                Write("\"words, é 😀 {\"");
                break;
            case 4:
                Write(Chance(2) ? "true" : "false");
                break;
            case 5:
                Write("null");
                break;
            case 6:
                Write(Chance(2) ? "KNOWING" : "OTHER");
                break;
            case 7:
                Write("\"\"\"block\"\"\"");
                break;
            case 8:
                Write("[");
                for (var i = _random.Next(3); i > 0; i--)
                {
                    Value(depth - 1, isConstant);
                }

                Write("]");
                break;
            default:
                Write("{");
                for (var i = _random.Next(3); i > 0; i--)
                {
                    Write($"{Pick(s_arguments)}:");
                    Value(depth - 1, isConstant);
                }

                Write("}");
                break;
        }
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private void Write(string text) => _text.Append(text).Append(Pick(s_space));
}
