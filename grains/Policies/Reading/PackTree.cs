using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>
/// YAML text to nodes. Packs come from people outside: size and depth are bounded, anchors, aliases (they multiply) and tags
/// (they name types) are refused, so that reading costs no more than the text is long.
/// </summary>
internal sealed class PackTree
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxDepth = 24;

    private readonly Parser _parser;
    private readonly PackProblems _problems;

    private PackTree(string yaml, PackProblems problems)
    {
        _parser = new Parser(new StringReader(yaml));
        _problems = problems;
    }

    public static PackMap? Read(string yaml, PackProblems problems)
    {
        if (yaml.Length > MaxBytes || Encoding.UTF8.GetByteCount(yaml) > MaxBytes)
        {
            problems.Add(1, 1, "", "the file is larger than 256 KB. A policy is a few pages: check that it is the right file.");
            return null;
        }

        try
        {
            return new PackTree(yaml, problems).ReadDocument();
        }
        catch (YamlException broken)
        {
            problems.Add(broken.Start.Line, broken.Start.Column, "", $"this is not YAML ({broken.Message.TrimEnd('.')}). Look for a wrong indent, a missing colon or an open quote.");
            return null;
        }
    }

    private PackMap? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(1, 1, "", "the file is empty. A policy starts with its id.");
            return null;
        }

        var root = ReadNode("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _problems.Add(second.Start.Line, second.Start.Column, "", "a second document begins here. One file holds one policy: remove the '---'.");
        }

        if (root is not PackMap map)
        {
            _problems.Add(root, "a policy is a list of properties such as 'id: our-school'.");
            return null;
        }

        return map;
    }

    private PackNode ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "nested too deeply");
        }

        switch (_parser.Consume<ParsingEvent>())
        {
            case NodeEvent { Anchor.IsEmpty: false } anchored:
                throw new YamlException(anchored.Start, anchored.End, "anchors (&) are not allowed: write it out");
            case AnchorAlias alias:
                throw new YamlException(alias.Start, alias.End, "aliases (*) are not allowed: write it out");
            case NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged:
                throw new YamlException(tagged.Start, tagged.End, "tags (!) are not allowed: remove it");
            case Scalar scalar:
                return new PackScalar(scalar.Start.Line, scalar.Start.Column, path, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart list:
                return ReadList(list, path, depth);
            case MappingStart map:
                return ReadMap(map, path, depth);
            case var other:
                throw new YamlException(other.Start, other.End, "something is missing here");
        }
    }

    private PackList ReadList(SequenceStart start, string path, int depth)
    {
        var items = new List<PackNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(string.Create(CultureInfo.InvariantCulture, $"{path}.{items.Count}"), depth + 1));
        }

        return new PackList(start.Start.Line, start.Start.Column, path, items);
    }

    private PackMap ReadMap(MappingStart start, string path, int depth)
    {
        var entries = new List<(PackScalar, PackNode)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(path, depth + 1) is not PackScalar key)
            {
                throw new YamlException(start.Start, start.End, "a property's name is plain text");
            }

            var value = ReadNode(path.Length == 0 ? key.Value : $"{path}.{key.Value}", depth + 1);
            if (names.Add(key.Value))
            {
                entries.Add((key, value));
            }
            else
            {
                _problems.Add(key, $"'{key.Value}' is written twice. Keep one.");
            }
        }

        return new PackMap(start.Start.Line, start.Start.Column, path, entries);
    }
}
