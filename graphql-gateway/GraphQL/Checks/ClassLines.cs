using OnlineSafetyTrust.Gateway.GraphQL.Errors;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>The lines of a class, each with its own end: one that fails unexpectedly hides none of the others.</summary>
internal static partial class ClassLines
{
    public static async Task<IReadOnlyList<Result<TReply>>> RunAsync<TLine, TReply>(IReadOnlyList<TLine> lines, Func<TLine, Task<Result<TReply>>> record, ILogger log)
    {
        var ends = await Task.WhenAll(lines.Select(line => EndAsync(line, record)));
        if (ends.Length > 0 && ends.All(e => e.Failure is not null))
        {
            // Nothing to hide: the whole operation failed, and is answered as one.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(ends[0].Failure!);
        }

        return [.. ends.Select((end, i) => end.Failure is { } failure ? Failed(failure, i) : end.Result!)];

        Result<TReply> Failed(Exception failure, int line)
        {
            LogLine(log, MaskUnexpected.Loggable(failure, new MarkedFieldException("Mutation.recordDeviceChecks", failure)), line);
            return MaskUnexpected.OfLine(failure);
        }
    }

    private static async Task<(Result<TReply>? Result, Exception? Failure)> EndAsync<TLine, TReply>(TLine line, Func<TLine, Task<Result<TReply>>> record)
    {
        try
        {
            return (await record(line), null);
        }
        catch (Exception failure) when (failure is not UnauthorizedAccessException)
        {
            return (null, failure);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Line {Line} of a class's checks failed")]
    private static partial void LogLine(ILogger log, Exception exception, int line);
}
