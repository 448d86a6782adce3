namespace OnlineSafetyTrust.Gateway.GraphQL.Errors;

/// <summary>An unexpected failure is logged once with its trace and told to nobody outside.</summary>
public sealed partial class MaskUnexpected(ILogger<MaskUnexpected> log) : IErrorFilter
{
    public IError OnError(IError error)
    {
        if (error.Exception is not { } exception)
        {
            return error;
        }

        if (exception is UnauthorizedAccessException)
        {
            return error.WithMessage("Sign in first.").WithCode("AUTH_NOT_AUTHENTICATED").WithException(null);
        }

        LogUnexpected(exception, error.Path?.ToString());
        return error.WithMessage("Something went wrong. It has been logged; try again, or tell whoever looks after the platform.").WithCode("INTERNAL").WithException(null);
    }

    [LoggerMessage(1, LogLevel.Error, "A field failed: {Path}")]
    private partial void LogUnexpected(Exception exception, string? path);
}
