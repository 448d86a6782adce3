namespace OnlineSafetyTrust.Contracts;

public enum ErrorKind
{
    /// <summary>No such record, or a record of another school: the two are not told apart.</summary>
    NotFound,

    /// <summary>A rule forbids it now.</summary>
    Refused,

    /// <summary>The input is wrong; nothing was changed.</summary>
    Invalid,

    /// <summary>Somebody else changed it meanwhile, or the same command id came with other input.</summary>
    Conflict,

    /// <summary>The personal data asked for was destroyed.</summary>
    Erased,
}

/// <summary>An expected failure. Features name theirs in <c>{Feature}Errors</c>.</summary>
/// <param name="Code">Stable, SCREAMING_SNAKE_CASE, for programs.</param>
/// <param name="Message">One sentence that a teacher understands, with the way out. Never personal data.</param>
/// <param name="Fields">The input fields concerned, camelCase, outermost first; dots for nesting (<c>people.0.pupilId</c>).</param>
[GenerateSerializer, Immutable, Alias("DomainError")]
public sealed record DomainError(ErrorKind Kind, string Code, string Message, IReadOnlyList<string> Fields)
{
    public static DomainError NotFound(string what) =>
        new(ErrorKind.NotFound, "NOT_FOUND", $"There is no such {what}. Check the link, or ask your DSL.", []);

    public static DomainError Refused(string code, string message, params string[] fields) => new(ErrorKind.Refused, code, message, fields);

    public static DomainError Invalid(string code, string message, params string[] fields) => new(ErrorKind.Invalid, code, message, fields);

    public static DomainError Conflict(string code, string message) => new(ErrorKind.Conflict, code, message, []);

    public static readonly DomainError CommandReused =
        Conflict("COMMAND_ID_REUSED", "This command id was already used with other input. Send a new command id.");

    public static readonly DomainError ChangedMeanwhile =
        Conflict("CHANGED_MEANWHILE", "Somebody changed this at the same moment. Look again and repeat what you meant to do.");

    public static DomainError NotAllowed(string who) =>
        Refused("NOT_ALLOWED", $"Only {who} can do this.");
}
