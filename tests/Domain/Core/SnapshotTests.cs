using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Devices;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Core;

/// <summary>Snapshots save time and decide nothing.</summary>
public sealed class SnapshotTests
{
    private static readonly DeviceId Tablet = new(Guid.Parse("55555555-0000-7000-8000-000000000009"));
    private static readonly StreamKey Key = DeviceKey.Of(GivenSchool.Id, Tablet);
    private readonly StoredStream<DeviceState> _device = new(new DeviceModel(), Key);

    public SnapshotTests()
    {
        var command = new RegisterDevice(DeviceOwnership.School, true, DeviceKind.Tablet, "iPad 12", "sn 1", null, false, DeviceEncryption.Encrypted);
        _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Register(s, new DeviceFacts(Facts), command, Tablet, c));
        _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Use(s, new DeviceFacts(Facts), new RecordDeviceUse(DeviceHolder.Of(Pupil), Monday.AddHours(-2), Monday.AddHours(-1)), c));
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("null")]
    [InlineData("{\"uses\":7}")]
    public async Task A_snapshot_that_cannot_be_read_is_passed_over_for_the_events(string snapshot)
    {
        var (state, version) = await StreamModel<DeviceState>.LoadAsync(new OneStream(_device.Stored, Encoding.UTF8.GetBytes(snapshot)), Key, default);
        Assert.Equal(2, version);
        Assert.Equal(StoredJson.Write(_device.State), StoredJson.Write(state));
    }

    [Fact]
    public async Task A_good_snapshot_is_used()
    {
        var first = StoredJson.Write(StreamModel<DeviceState>.Fold(DeviceState.Empty, [.. _device.Stored.Take(1)]));
        var (state, version) = await StreamModel<DeviceState>.LoadAsync(new OneStream(_device.Stored, first) { EventsMayBeRead = false }, Key, default);
        Assert.Equal(2, version);
        Assert.Equal(StoredJson.Write(_device.State), StoredJson.Write(state));
    }

    [Fact]
    public void A_snapshot_is_held_against_the_state_at_its_version()
    {
        SnapshotState Of(long version, byte[] state, string? shape = null) =>
            new DeviceModel().Project(Key, _device.Stored, new StoredSnapshot(shape ?? StreamModel<DeviceState>.Shape, version, state)).Snapshot;

        var (first, last) = (StoredJson.Write(StreamModel<DeviceState>.Fold(DeviceState.Empty, [.. _device.Stored.Take(1)])), StoredJson.Write(_device.State));
        Assert.Equal((SnapshotState.Fits, SnapshotState.Fits), (Of(1, first), Of(2, last)));
        Assert.Equal((SnapshotState.Differs, SnapshotState.Differs), (Of(1, last), Of(3, last)));
        Assert.Equal(SnapshotState.Unreadable, Of(2, [0]));
        // Of an earlier release: nobody reads it.
        Assert.Equal(SnapshotState.Fits, Of(2, [0], "other"));
    }

    /// <summary>A journal of one stream, with this snapshot of its first event.</summary>
    private sealed class OneStream(IReadOnlyList<StoredEvent> events, byte[] snapshot) : IJournal
    {
        public bool EventsMayBeRead { get; init; } = true;

        public ValueTask<StreamHistory> ReadAsync(StreamKey key, string shape, CancellationToken ct) => new(new StreamHistory(snapshot, 1, [.. events.Skip(1)]));

        public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(StreamKey key, long toVersion, CancellationToken ct) =>
            EventsMayBeRead ? new(events) : throw new InvalidOperationException("The snapshot was good.");

        public ValueTask<CommandTrace?> FindCommandAsync(TenantId tenant, Actor actor, Guid commandId, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> FindLookupAsync(TenantId tenant, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<AppendOutcome> AppendAsync(Append append) => throw new NotSupportedException();
    }
}
