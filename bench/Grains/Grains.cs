namespace OnlineSafetyTrust.Bench.Grains;

[GenerateSerializer]
public sealed record Note(string Author, int Number, DateTimeOffset At);

[GenerateSerializer]
public sealed record Page(string Title, IReadOnlyList<string> Lines);

public interface IBenchGrain : IGrainWithStringKey
{
    Task Nothing();

    Task<Note> Echo(Note note);

    Task<Page> Turn(Page page);
}

public sealed class BenchGrain : Grain, IBenchGrain
{
    public Task Nothing() => Task.CompletedTask;

    public Task<Note> Echo(Note note) => Task.FromResult(note);

    public Task<Page> Turn(Page page) => Task.FromResult(page);
}
