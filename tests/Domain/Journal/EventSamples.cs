using System.Collections.Immutable;
using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Domain.Tests.Journal;

/// <summary>Events as today's code stores them, made up from their constructors: nothing in them is null, every list holds one, and words go round.</summary>
internal sealed class EventSamples
{
    private static readonly StreamKey Stream = new(GivenSchool.Id, new StreamId("incident", GivenSchool.Incident.Value));

    private readonly Stack<Type> _within = new();
    private readonly HashSet<Enum> _words = [];
    private int _turn;
    private int _count;

    /// <summary>At least one of each, and as many more as it takes for every word of every enum to be written once: by the shortest event that has it.</summary>
    public static IEnumerable<(string Name, string Json)> OfToday()
    {
        var said = new HashSet<Enum>();
        foreach (var (name, type) in EventNames.All.OrderBy(e => Of(e.Value, 0).Json.Length).ThenBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)))
        {
            for (var turn = 0; ; turn++)
            {
                var (json, words) = Of(type, turn);
                var news = words.Count(said.Add);
                if (turn == 0 || news > 0)
                {
                    yield return (name, json);
                }

                if (words.All(w => turn >= Enum.GetValues(w.GetType()).Length))
                {
                    break;
                }
            }
        }
    }

    private static (string Json, HashSet<Enum> Words) Of(Type type, int turn)
    {
        var samples = new EventSamples { _turn = turn };
        var @event = samples.Value(type, "");
        using var sealing = new SealingScope(new LegibleKeyring(), Stream) { Version = 1 };
        return (Encoding.UTF8.GetString(StoredJson.Write(@event, type)), samples._words);
    }

    private object Value(Type type, string name)
    {
        if (Atom(type, name) is { } atom)
        {
            return atom;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Value(underlying, name);
        }

        if (type.IsEnum)
        {
            // Not the first: that is what an absent member reads as.
            var words = Enum.GetValues(type);
            var word = (Enum)words.GetValue((_turn + 1) % words.Length)!;
            _words.Add(word);
            return word;
        }

        if (type.IsGenericType && type.GetGenericArguments() is var arguments)
        {
            var definition = type.GetGenericTypeDefinition();
            if (definition == typeof(Personal<>))
            {
                return type.GetMethod(nameof(Personal<object>.Of))!.Invoke(null, [KeyOwner.Of(GivenSchool.Pupil), Value(arguments[0], name)])!;
            }

            if (definition == typeof(ImmutableList<>))
            {
                return typeof(ImmutableList).GetMethods().Single(m => m.Name == nameof(ImmutableList.CreateRange) && m.GetParameters().Length == 1)
                    .MakeGenericMethod(arguments).Invoke(null, [List(arguments[0], name)])!;
            }

            if (definition == typeof(IReadOnlyList<>))
            {
                return List(arguments[0], name);
            }

            if (definition == typeof(IReadOnlyDictionary<,>))
            {
                var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
                dictionary.Add(Value(arguments[0], name), Value(arguments[1], name));
                return dictionary;
            }
        }

        return Record(type);
    }

    /// <summary>Empty where a record holds more of its own kind.</summary>
    private Array List(Type element, string name)
    {
        var list = Array.CreateInstance(element, _within.Contains(element) ? 0 : 1);
        if (list.Length == 1)
        {
            list.SetValue(Value(element, name), 0);
        }

        return list;
    }

    private object Record(Type type)
    {
        Assert.True(type.Namespace!.StartsWith("OnlineSafetyTrust", StringComparison.Ordinal) && !type.IsAbstract, $"Nothing is made up for {type} yet.");
        _within.Push(type);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => _within.Contains(p.ParameterType) || IsOpen(type, p.Name!) ? null : Value(p.ParameterType, p.Name!))]);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && constructor.GetParameters().All(c => c.Name != p.Name)))
        {
            property.SetValue(made, Value(property.PropertyType, property.Name));
        }

        _within.Pop();
        return made;
    }

    /// <summary>Of a view that an event holds too: there its personal values stand beside it, sealed.</summary>
    private static bool IsOpen(Type type, string member) => type.GetProperty(member)?.IsDefined(typeof(PersonalAttribute), false) == true;

    /// <summary>No two alike, so that none can be read in another's place.</summary>
    private object? Atom(Type type, string name) =>
        type == typeof(string) ? $"Made up {name} {++_count}"
        : type == typeof(bool) ? true
        : type == typeof(int) ? ++_count
        : type == typeof(long) ? (long)++_count
        : type == typeof(Guid) ? new Guid($"44444444-0000-7000-8000-{++_count:D12}")
        : type == typeof(DateOnly) ? new DateOnly(2026, 11, 2).AddDays(++_count)
        : type == typeof(TimeOnly) ? new TimeOnly(9, 0).AddMinutes(++_count)
        : type == typeof(DateTimeOffset) ? GivenSchool.Monday.AddMinutes(++_count).AddMicroseconds(1)
        : type == typeof(TenantId) ? TenantId.School(new Guid($"11111111-0000-7000-8000-{++_count:D12}"))
        : type == typeof(StreamId) ? new StreamId("device", new Guid($"55555555-0000-7000-8000-{++_count:D12}"))
        : type == typeof(Actor) ? Actor.Of(new PersonId(new Guid($"66666666-0000-7000-8000-{++_count:D12}")))
        : null;
}
