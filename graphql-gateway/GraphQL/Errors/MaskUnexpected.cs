using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.GraphQL.Errors;

/// <summary>An unexpected failure is logged once with its trace and told to nobody outside.</summary>
public sealed partial class MaskUnexpected(ILogger<MaskUnexpected> log) : IErrorFilter
{
    private const string Unexpected = "Something went wrong. It has been logged; try again, or tell whoever looks after the platform.";
    private const string Unavailable = "The records cannot be reached or written at the moment. Nothing was changed. Try again in a few minutes.";
    private const string Unknown = "The records did not answer, and it is not known whether this was stored. Look again, or send it again with the same command id.";

    private readonly ConditionalWeakTable<Exception, Exception> _logged = [];

    public IError OnError(IError error)
    {
        if (error.Exception is not { } exception)
        {
            return error;
        }

        var failure = (exception as MarkedFieldException)?.Failure ?? exception;
        if (failure is UnauthorizedAccessException)
        {
            return error.WithMessage("Sign in first.").WithCode("AUTH_NOT_AUTHENTICATED").WithException(null);
        }

        // Logged by the store, once per key.
        if (failure is RecordUnreadableException)
        {
            return error.WithMessage(Unreadable.Error.Message).WithCode(Unreadable.Error.Code).WithException(null);
        }

        // A batch that fails is the failure of every field that waited for it.
        if (_logged.TryAdd(failure, failure))
        {
            LogUnexpected(Loggable(failure, exception), error.Path?.ToString());
        }

        return failure is StoreException store ? OfStore(error, store) : error.WithMessage(Unexpected).WithCode("INTERNAL").WithException(null);
    }

    /// <summary>What may be logged of a failure whose words may be personal. The store's own never are, and whoever is on call needs them.</summary>
    internal static Exception Loggable(Exception failure, Exception unworded) => failure is StoreException ? failure : unworded;

    /// <summary>The same sentences for one line of many.</summary>
    internal static DomainError OfLine(Exception exception) => exception switch
    {
        RecordUnreadableException => Unreadable.Error,
        StoreException { NothingStored: true } => DomainError.Refused("STORE_UNAVAILABLE", Unavailable),
        StoreException => DomainError.Refused("OUTCOME_UNKNOWN", Unknown),
        _ => DomainError.Refused("INTERNAL", Unexpected),
    };

    // The log says what is wrong with the disk or the database; whoever asked needs to know whether to ask again.
    private static IError OfStore(IError error, StoreException store) => store.NothingStored
        ? error.WithMessage(Unavailable).WithCode("STORE_UNAVAILABLE").WithException(null)
        : error.WithMessage(Unknown).WithCode("OUTCOME_UNKNOWN").WithException(null);

    [LoggerMessage(1, LogLevel.Error, "A field failed: {Path}")]
    private partial void LogUnexpected(Exception exception, string? path);
}
