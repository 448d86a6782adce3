using System.Collections.Concurrent;
using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Finds grain classes, as Orleans does through generated metadata: in every assembly that refers to this one,
/// loaded or referred to by a loaded one. Looked up once per process, again only when an interface is missing
/// and assemblies were loaded since.
/// </summary>
internal static class GrainCatalog
{
    private static readonly Lock Gate = new();
    private static readonly string Own = typeof(GrainCatalog).Assembly.GetName().Name!;
    private static readonly ConcurrentDictionary<Type, Type> Classes = new();
    private static readonly HashSet<string> Seen = [];
    private static readonly List<Type> Found = [];

    /// <exception cref="ArgumentException">None or several classes implement the interface.</exception>
    public static Type ClassOf(Type grainInterface) => Classes.GetOrAdd(grainInterface, Find);

    /// <summary>Grain type as in Orleans: the class name in lower case, without "Grain".</summary>
    public static string NameOf(Type implementation)
    {
        var name = implementation.Name;
        var suffix = name.EndsWith(nameof(Grain), StringComparison.Ordinal) && name.Length > nameof(Grain).Length;
#pragma warning disable CA1308 // Orleans' grain types are lower case, and they are stored with reminders and state.
        return (suffix ? name[..^nameof(Grain).Length] : name).ToLowerInvariant();
#pragma warning restore CA1308
    }

    public static Type? ClassNamed(string name)
    {
        lock (Gate)
        {
            Scan();
            return Found.SingleOrDefault(type => NameOf(type) == name);
        }
    }

    private static Type Find(Type grainInterface)
    {
        lock (Gate)
        {
            Scan();
            var matches = Found.FindAll(grainInterface.IsAssignableFrom);
            return matches switch
            {
                [var single] => Unambiguous(single),
                [] => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}."),
                _ => throw new ArgumentException(
                    $"Several classes implement {grainInterface}: {string.Join(", ", matches.Select(type => type.Name))}."),
            };
        }
    }

    private static Type Unambiguous(Type implementation)
    {
        var twin = Found.Find(other => other != implementation && NameOf(other) == NameOf(implementation));
        return twin is null
            ? implementation
            : throw new ArgumentException($"{implementation} and {twin} would share the grain type {NameOf(twin)}.");
    }

    private static void Scan()
    {
        var pending = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        while (pending.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || IsFramework(assembly.GetName().Name!) || !Seen.Add(assembly.FullName!))
            {
                continue;
            }

            var references = assembly.GetReferencedAssemblies();
            foreach (var reference in references.Where(name => !IsFramework(name.Name!) && !Seen.Contains(name.FullName)))
            {
                if (TryLoad(reference) is { } loaded)
                {
                    pending.Enqueue(loaded);
                }
            }

            if (references.Any(reference => reference.Name == Own))
            {
                Found.AddRange(assembly.GetTypes().Where(IsGrainClass));
            }
        }
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type) && typeof(IGrain).IsAssignableFrom(type);

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "mscorlib" or "netstandard";

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null; // Optional at run time; a grain class in it could not be used either.
        }
    }
}
