
namespace OnlineSafetyTrust.Contracts;

/// <summary>Every grain that owns a stream can be told of a deadline and receive what follows from other streams.</summary>
[Alias("IStreamGrain")]
public interface IStreamGrain : IGrainWithStringKey
{
    /// <summary>A deadline of the stream is due. The grain decides from its state what follows and moves or removes the deadline.</summary>
    Task OnDueAsync(DueNotice due);

    /// <summary>A message from another stream; its id makes a repetition harmless.</summary>
    Task OnMessageAsync(MessageNotice message);
}

/// <param name="At">The nominal time; the actual one is the product clock's.</param>
[GenerateSerializer, Immutable, Alias("DueNotice")]
public sealed record DueNotice(string What, DateTimeOffset At);

/// <param name="Body">UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("MessageNotice")]
public sealed record MessageNotice(Guid Id, string Kind, byte[] Body, Guid CorrelationId);
