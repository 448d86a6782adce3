using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>Subscriptions as server-sent events: <c>next</c> per message, then <c>complete</c>.</summary>
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

    public static void Next(PipeWriter writer, Outcome outcome)
    {
        writer.Write("event: next\ndata: "u8);
        outcome.WriteTo(writer);
        writer.Write("\n\n"u8);
    }

    public static void Complete(PipeWriter writer) => writer.Write("event: complete\ndata:\n\n"u8);

    public static async Task RunAsync(Engine engine, OperationPlan plan, EngineRequest request, HttpContext http, Accepted accepted)
    {
        if (!accepted.Stream)
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        var aborted = http.RequestAborted;
        var writer = http.Response.BodyWriter;
        var (events, refused) = await engine.SubscribeAsync(plan, request, aborted).ConfigureAwait(false);
        if (refused is not null)
        {
            var streamOnly = accepted.Single ? accepted : accepted with { First = Accepted.Form.EventStream };
            await Answers.WriteAsync(http, streamOnly, refused).ConfigureAwait(false);
            return;
        }

        Start(http.Response);
        await writer.FlushAsync(aborted).ConfigureAwait(false);
        var messages = events!.GetAsyncEnumerator(aborted);
        await using (messages.ConfigureAwait(false))
        {
            try
            {
                while (await NextAsync(messages, writer, engine.Time, aborted).ConfigureAwait(false))
                {
                    await AnswerAsync(engine, plan, request, messages.Current, writer, aborted).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException && !aborted.IsCancellationRequested)
            {
                using var failed = engine.Fail(e, plan);
                Next(writer, failed);
            }
        }

        Complete(writer);
        await writer.FlushAsync(aborted).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(Engine engine, OperationPlan plan, EngineRequest request, object? message, PipeWriter writer, CancellationToken aborted)
    {
        // A stream outlives many units of work: each message has services of its own.
        var scope = request.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            using var outcome = await engine.ExecuteAsync(plan, request with { Services = scope.ServiceProvider }, message, aborted).ConfigureAwait(false);
            Next(writer, outcome);
        }

        await writer.FlushAsync(aborted).ConfigureAwait(false);
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<object?> messages, PipeWriter writer, TimeProvider time, CancellationToken aborted)
    {
        var next = messages.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            if (await Task.WhenAny(next, Task.Delay(Quiet, time, quiet.Token)).ConfigureAwait(false) != next && !aborted.IsCancellationRequested)
            {
                writer.Write(":\n\n"u8);
                await writer.FlushAsync(aborted).ConfigureAwait(false);
            }

            await quiet.CancelAsync().ConfigureAwait(false);
            if (aborted.IsCancellationRequested)
            {
                break;
            }
        }

        return await next.ConfigureAwait(false);
    }
}
