using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>Subscriptions as server-sent events, a connection each: <c>next</c> per message, then <c>complete</c>.</summary>
internal static class EventStream
{
    // Proxies cut silent connections; a comment keeps them open.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);

    public static void Start(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    public static void Next(PipeWriter writer, ReadOnlySpan<byte> answer)
    {
        writer.Write("event: next\ndata: "u8);
        writer.Write(answer);
        writer.Write("\n\n"u8);
    }

    public static void Complete(PipeWriter writer) => writer.Write("event: complete\ndata:\n\n"u8);

    /// <param name="stopping">The process stops: streams end in order.</param>
    public static async Task RunAsync(
        SubscriptionGroups groups, TimeProvider time, OperationPlan plan, EngineRequest request, HttpContext http, Accepted accepted, CancellationToken stopping)
    {
        if (!accepted.Stream)
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        var (subscriber, refused) = await groups.JoinAsync(plan, request, http.RequestAborted).ConfigureAwait(false);
        if (refused is not null)
        {
            var streamOnly = accepted.Single ? accepted : accepted with { First = Accepted.Form.EventStream };
            await Answers.WriteAsync(http, streamOnly, refused, isRefusedByTransport: refused.Status == StatusCodes.Status429TooManyRequests).ConfigureAwait(false);
            return;
        }

        using (subscriber)
        {
            await SendAsync(subscriber!, time, http, stopping).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(Subscriber subscriber, TimeProvider time, HttpContext http, CancellationToken stopping)
    {
        var (writer, aborted) = (http.Response.BodyWriter, http.RequestAborted);
        Start(http.Response);
        // The headers alone say that the subscription is in place.
        await writer.FlushAsync(aborted).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        try
        {
            while (await HasMoreAsync(subscriber.Answers, writer, time, ended.Token).ConfigureAwait(false))
            {
                while (subscriber.TryTake(out var answer))
                {
                    Next(writer, answer.Span);
                }

                await writer.FlushAsync(aborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            // As at the end of the stream.
        }

        if (subscriber.Failure is { } failure)
        {
            Next(writer, failure.Span);
        }

        Complete(writer);
        await writer.FlushAsync(aborted).ConfigureAwait(false);
    }

    private static async Task<bool> HasMoreAsync(ChannelReader<ReadOnlyMemory<byte>> answers, PipeWriter writer, TimeProvider time, CancellationToken ended)
    {
        var next = answers.WaitToReadAsync(ended).AsTask();
        while (!next.IsCompleted)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ended);
            if (await Task.WhenAny(next, Task.Delay(Quiet, time, quiet.Token)).ConfigureAwait(false) != next && !ended.IsCancellationRequested)
            {
                writer.Write(":\n\n"u8);
                await writer.FlushAsync(ended).ConfigureAwait(false);
            }

            await quiet.CancelAsync().ConfigureAwait(false);
        }

        return await next.ConfigureAwait(false);
    }
}
