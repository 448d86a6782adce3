namespace OnlineSafetyTrust.Gateway.GraphQL.Errors;

/// <summary>Why a mutation did not do what was asked. Nothing was changed.</summary>
[InterfaceType("UserError")]
public interface IUserError
{
    /// <summary>Stable, for programs.</summary>
    string Code { get; }

    /// <summary>One sentence for people, with the way out.</summary>
    string Message { get; }

    /// <summary>Where in the mutation's arguments, outermost first; empty where no field is at fault.</summary>
    IReadOnlyList<string> Path { get; }
}

/// <summary>There is no such record at this school.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">One sentence for people, with the way out.</param>
/// <param name="Path">Where in the mutation's arguments, outermost first; empty where no field is at fault.</param>
public sealed record NotFoundError(string Code, string Message, IReadOnlyList<string> Path) : IUserError;

/// <summary>A rule forbids it now.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">One sentence for people, with the way out.</param>
/// <param name="Path">Where in the mutation's arguments, outermost first; empty where no field is at fault.</param>
public sealed record RefusedError(string Code, string Message, IReadOnlyList<string> Path) : IUserError;

/// <summary>The input is wrong.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">One sentence for people, with the way out.</param>
/// <param name="Path">Where in the mutation's arguments, outermost first; empty where no field is at fault.</param>
public sealed record InvalidError(string Code, string Message, IReadOnlyList<string> Path) : IUserError;

/// <summary>Somebody else changed it meanwhile, or a command id was used twice with different input.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">One sentence for people, with the way out.</param>
/// <param name="Path">Where in the mutation's arguments, outermost first; empty where no field is at fault.</param>
public sealed record ConflictError(string Code, string Message, IReadOnlyList<string> Path) : IUserError;

/// <summary>The personal data asked for was destroyed at the end of its retention period.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">One sentence for people, with the way out.</param>
/// <param name="Path">Where in the mutation's arguments, outermost first; empty where no field is at fault.</param>
public sealed record ErasedError(string Code, string Message, IReadOnlyList<string> Path) : IUserError;

/// <summary>Expected failures as the API shows them.</summary>
internal static class UserErrors
{
    public static IReadOnlyList<IUserError> Of(IReadOnlyList<DomainError> errors) => errors.Count == 0 ? [] : [.. errors.Select(Of)];

    /// <summary>An id in the input that is no id of a record: answered like one that does not exist.</summary>
    public static IReadOnlyList<IUserError> NotFound(string what, params string[] fields) => Of([DomainError.NotFound(what) with { Fields = fields }]);

    /// <summary>One place: the field, or what several fields have in common.</summary>
    internal static IReadOnlyList<string> PathOf(IReadOnlyList<string> fields)
    {
        if (fields.Count == 0)
        {
            return [];
        }

        string[][] places = [.. fields.Select(f => f.Split('.'))];
        var common = places[0].TakeWhile((part, i) => places.All(p => i < p.Length && p[i] == part));
        return ["input", .. common];
    }

    private static IUserError Of(DomainError error)
    {
        var path = PathOf(error.Fields);
        return error.Kind switch
        {
            ErrorKind.NotFound => new NotFoundError(error.Code, error.Message, path),
            ErrorKind.Refused => new RefusedError(error.Code, error.Message, path),
            ErrorKind.Invalid => new InvalidError(error.Code, error.Message, path),
            ErrorKind.Conflict => new ConflictError(error.Code, error.Message, path),
            ErrorKind.Erased => new ErasedError(error.Code, error.Message, path),
            _ => throw new InvalidOperationException($"No transport for errors of kind {error.Kind}."),
        };
    }
}
