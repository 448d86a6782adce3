namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>Everything wrong with a bundle. Says file, line and column, never a value: rows hold names.</summary>
internal sealed class Problems
{
    private readonly List<DomainError> _found = [];

    public bool Any => _found.Count > 0;

    public IReadOnlyList<DomainError> Found => _found;

    public void Bundle(string code, string message) => _found.Add(DomainError.Invalid(code, message, "bundle"));

    public void File(string code, string file, string message) => _found.Add(DomainError.Invalid(code, $"{file}: {message}", file));

    public void Row(string code, string file, int line, string column, string message) =>
        _found.Add(DomainError.Invalid(code, $"{file} line {line}, column {column}: {message}", $"{file}:{line}:{column}"));
}
