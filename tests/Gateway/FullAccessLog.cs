using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>A host's access log that takes nothing while it is full.</summary>
internal sealed class FullAccessLog
{
    public bool IsFull { get; set; }

    public void Stand(WebApplicationBuilder builder)
    {
        var own = builder.Services.Last(d => d.ServiceType == typeof(IReadAudit)).ImplementationFactory!;
        builder.Services.AddSingleton<IReadAudit>(s => new Door(this, (IReadAudit)own(s)));
    }

    private sealed class Door(FullAccessLog log, IReadAudit inner) : IReadAudit
    {
        public ValueTask RecordAsync(ReadAuditRow row) =>
            log.IsFull ? throw new StoreException(StoreProblem.DiskFull, "The disk is full.", nothingStored: true) : inner.RecordAsync(row);
    }
}
