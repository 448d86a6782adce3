using System.Diagnostics.CodeAnalysis;
using OnlineSafetyTrust.Contracts;

// Above every namespace of the product, where it is found before any using: GreenDonut, which comes with the other stack, has a Result too.
namespace OnlineSafetyTrust;

/// <summary>A value, or the reasons why there is none.</summary>
[GenerateSerializer, Immutable, Alias("Result`1")]
public sealed record Result<T>(T? Value, IReadOnlyList<DomainError> Errors)
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Ok => Errors.Count == 0;

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(DomainError error) => new(default, [error]);

    public static Result<T> Failed(IReadOnlyList<DomainError> errors) => new(default, errors);
}
