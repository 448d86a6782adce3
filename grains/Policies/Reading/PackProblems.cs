using System.Globalization;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>Everything that is wrong with one file, in the order of the file.</summary>
internal sealed class PackProblems(string fileName)
{
    private const int Shown = 50;

    private readonly List<(long Line, long Column, string Message)> _found = [];

    public bool Any => _found.Count > 0;

    public void Add(PackNode at, string reason) => Add(at.Line, at.Column, at.Path, reason);

    public void Add(long line, long column, string path, string reason)
    {
        var where = path.Length == 0 ? "" : $"{path}: ";
        _found.Add((line, column, string.Create(CultureInfo.InvariantCulture, $"{fileName} line {line}, column {column}: {where}{reason}")));
    }

    public IReadOnlyList<DomainError> ToErrors()
    {
        var errors = _found.OrderBy(f => f.Line).ThenBy(f => f.Column).Take(Shown).Select(f => PolicyErrors.PackInvalid(f.Message)).ToList();
        if (_found.Count > Shown)
        {
            errors.Add(PolicyErrors.PackInvalid(string.Create(CultureInfo.InvariantCulture, $"{fileName}: {_found.Count - Shown} more. Correct these first.")));
        }

        return errors;
    }
}
