using System.Globalization;

namespace OnlineSafetyTrust.GraphQL.Tests.Validation;

/// <summary>How many documents the fuzzers make, and from which seed on: <c>./dev fuzz</c> asks for more than the tests.</summary>
internal sealed record FuzzRun(int Documents, int First)
{
    public static FuzzRun Asked { get; } = new(Number("OST_FUZZ_DOCUMENTS", 20_000), Number("OST_FUZZ_SEED", 0));

    public IEnumerable<int> Seeds => Enumerable.Range(First, Documents);

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : throw new ArgumentException($"{variable} is no whole number.")
            : otherwise;
}
