using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>Keeps everything that leaves the process other than as an answer: log lines with their values, spans with their tags, mails.</summary>
internal sealed class Witness : ILoggerProvider, IMailSender
{
    private readonly ActivityListener _spans;

    public Witness()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Said.Enqueue($"span {span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public ConcurrentQueue<string> Said { get; } = new();

    public ConcurrentQueue<Mail> Mails { get; } = new();

    public void Attach(WebApplicationBuilder builder)
    {
        Listen(builder);
        builder.Services.AddSingleton<IMailSender>(this);
    }

    /// <summary>Mails go their own way.</summary>
    public void Listen(WebApplicationBuilder builder) => builder.Logging.AddProvider(this).SetMinimumLevel(LogLevel.Trace);

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public Task SendAsync(Mail mail, CancellationToken ct)
    {
        Mails.Enqueue(mail);
        return Task.CompletedTask;
    }

    public void Dispose() => _spans.Dispose();

    private sealed class Listener(Witness witness, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            witness.Said.Enqueue($"scope {category} {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            witness.Said.Enqueue($"log {category} {formatter(state, exception)} {exception}");
    }
}
