#pragma warning disable CA1822 // Resolvers are instance methods.
#pragma warning disable CA1024 // A field of the schema, not a property.
namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>A made-up schema with one of everything. What a field gives is decided by <see cref="Fate"/>, here and in execute.mjs alike.</summary>
public enum Unit { Gram, Kilogram, MetricTon }

public sealed record Span(DateOnly From, DateOnly? To, int Step = 1);

public sealed record Filter(
    IReadOnlyList<Unit>? Units, Span? Span, [property: ID] IReadOnlyList<string>? Ids, bool? Open, IReadOnlyList<Filter>? And, string? Text,
    IReadOnlyList<IReadOnlyList<int>>? Grid, double? Weight = 1.5, Unit Unit = Unit.Kilogram);

[OneOf]
public sealed record Key([property: ID] string? Id, int? Urn, Span? Span, IReadOnlyList<string>? Texts);

[InterfaceType("Living")]
public interface ILiving
{
    [ID]
    string GetId();

    string? GetName(bool? full);

    ILiving? GetFriend();
}

[InterfaceType("Grown")]
public interface IGrown : ILiving
{
    double GetWeight(Unit unit = Unit.Gram);

    IReadOnlyList<IGrown?>? GetParents();
}

[UnionType("Find")]
public interface IFind;

[UnionType("Owner")]
public interface IOwner;

public abstract record Thing([property: GraphQLIgnore] uint Seed)
{
    [ID]
    public string GetId() => Fate.Of<string>(this, "id");

    public string? GetName(bool? full) => Fate.Of<string?>(this, "name", full);

    public ILiving? GetFriend() => Fate.Of<ILiving?>(this, "friend");

    public int? GetCount() => Fate.Of<int?>(this, "count");

    public bool GetIsOld() => Fate.Of<bool>(this, "isOld");

    public Task<string?> GetSlowAsync(int times = 2) => Fate.LaterAsync<string?>(this, "slow", times);
}

public abstract record GrownThing(uint Seed) : Thing(Seed)
{
    public double GetWeight(Unit unit = Unit.Gram) => Fate.Of<double>(this, "weight", unit);

    public IReadOnlyList<IGrown?>? GetParents() => Fate.Of<IReadOnlyList<IGrown?>?>(this, "parents");

    public DateOnly? GetBorn() => Fate.Of<DateOnly?>(this, "born");

    public IReadOnlyList<Unit>? GetUnits() => Fate.Of<IReadOnlyList<Unit>?>(this, "units");
}

public sealed record Plant(uint Seed) : GrownThing(Seed), IGrown, IFind
{
    public IReadOnlyList<IReadOnlyList<int>>? GetMatrix() => Fate.Of<IReadOnlyList<IReadOnlyList<int>>?>(this, "matrix");

    public IReadOnlyList<string>? GetTags() => Fate.Of<IReadOnlyList<string>?>(this, "tags");

    public Task<Person> GetGardenerAsync() => Fate.LaterAsync<Person>(this, "gardener");
}

public sealed record Animal(uint Seed) : GrownThing(Seed), IGrown, IOwner
{
    public Guid GetChip() => Fate.Of<Guid>(this, "chip");

    public IReadOnlyList<IReadOnlyList<IFind?>?> GetHoard(Filter? filter) => Fate.Of<IReadOnlyList<IReadOnlyList<IFind?>?>>(this, "hoard", filter);

    public IReadOnlyList<Plant> GetEats() => Fate.Of<IReadOnlyList<Plant>>(this, "eats");
}

public sealed record Stone(uint Seed) : Thing(Seed), ILiving, IFind
{
    public Unit GetUnit() => Fate.Of<Unit>(this, "unit");

    public IOwner? GetOwner() => Fate.Of<IOwner?>(this, "owner");
}

public sealed record Person(uint Seed) : Thing(Seed), IOwner
{
    public IReadOnlyList<IOwner> GetFriends(int first = 3) => Fate.Of<IReadOnlyList<IOwner>>(this, "friends", first);

    public Task<IReadOnlyList<Animal?>> GetPetsAsync() => Fate.LaterAsync<IReadOnlyList<Animal?>>(this, "pets");
}

[ExtendObjectType<Person>]
public sealed class PersonFields
{
    public Task<Person?> GetManagerAsync([Parent] Person person, PersonBySeed people) => people.LoadAsync(person.Seed);
}

/// <summary>Managers in one batch; nobody manages the one whose fate it is.</summary>
public sealed class PersonBySeed(IBatchScheduler s, DataLoaderOptions o) : BatchDataLoader<uint, Person>(s, o)
{
    protected override async Task<IReadOnlyDictionary<uint, Person>> LoadBatchAsync(IReadOnlyList<uint> keys, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return keys.Where(k => Fate.Hash(k, "manager") % 13 > 1).ToDictionary(k => k, k => new Person(Fate.Hash(k, "manager")));
    }
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class GardenQueries
{
    public Plant? GetPlant([ID] string id) => Fate.Of<Plant?>(null, "plant", id);

    public Task<IReadOnlyList<Plant>> GetPlantsAsync(Filter? filter, int first = 3) => Fate.LaterAsync<IReadOnlyList<Plant>>(null, "plants", filter, first);

    public Animal? GetAnimal(Key key) => Fate.Of<Animal?>(null, "animal", key);

    public IReadOnlyList<ILiving?>? GetLiving([ID] IReadOnlyList<string>? ids) => Fate.Of<IReadOnlyList<ILiving?>?>(null, "living", ids);

    public IGrown? GetGrown() => Fate.Of<IGrown?>(null, "grown");

    public IFind? GetFind(Span? span) => Fate.Of<IFind?>(null, "find", span);

    public Task<IReadOnlyList<IOwner>?> GetOwnersAsync() => Fate.LaterAsync<IReadOnlyList<IOwner>?>(null, "owners");

    public Person GetPerson(int number) => Fate.Of<Person>(null, "person", number);

    public string? GetScale(
        int? number, double? real, string? text, bool? flag, [ID] string? id, DateOnly? date, Guid? code, Unit? unit,
        IReadOnlyList<int?>? list, IReadOnlyList<IReadOnlyList<int>?>? nested, Key? key, Filter? filter) =>
        Fate.Of<string?>(null, "scale", number, real, text, flag, id, date, code, unit, list, nested, key, filter);

    public string? GetNeeds(int a, IReadOnlyList<int> items, string b = "x", Unit unit = Unit.MetricTon, int c = 7) =>
        Fate.Of<string?>(null, "needs", a, items, b, unit, c);
}

/// <summary>What the mutations of one request have come to.</summary>
public sealed class Tally
{
    public int Sum { get; set; }
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class GardenMutations
{
    public async Task<int> GrowAsync(int by, Tally tally)
    {
        var before = tally.Sum;
        await Task.Yield();
        return tally.Sum = (before * 3) + by;
    }

    public int Shrink(int by, Tally tally) => tally.Sum = (tally.Sum * 5) - by;

    public async Task<Plant?> PlantAsync(int by, Tally tally)
    {
        await Task.Yield();
        return Fate.Of<Plant?>(null, "plant", tally.Sum = (tally.Sum * 7) + by);
    }

    public Person Hire(Tally tally) => Fate.Of<Person>(null, "hire", tally.Sum += 1);
}
