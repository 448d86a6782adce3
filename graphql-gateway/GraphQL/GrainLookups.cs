using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Gateway.GraphQL;

/// <summary>Grains of the session's tenant: there is no way to name another one.</summary>
internal static class GrainLookups
{
    public static ISchoolGrain School(this IGrainFactory grains, Session session) => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(session.Tenant).ToString());

    public static IIncidentGrain Incident(this IGrainFactory grains, Session session, string id) =>
        grains.GetGrain<IIncidentGrain>(IncidentKey.Of(session.Tenant, Ids.Of<IncidentId>(id)).ToString());

    /// <summary>The incident that this command makes: a retry reaches the same one.</summary>
    public static IIncidentGrain NewIncident(this IGrainFactory grains, CommandContext context) =>
        grains.GetGrain<IIncidentGrain>(IncidentKey.Of(context.Tenant, new IncidentId(context.NewId(IncidentKey.Kind))).ToString());

    public static IPupilGrain Pupil(this IGrainFactory grains, Session session, string id) =>
        grains.GetGrain<IPupilGrain>(PupilKey.Of(session.Tenant, Ids.Of<PupilId>(id)).ToString());

    public static IDeviceGrain Device(this IGrainFactory grains, Session session, string id) =>
        grains.GetGrain<IDeviceGrain>(DeviceKey.Of(session.Tenant, Ids.Of<DeviceId>(id)).ToString());

    /// <summary>The device that this command registers: a retry reaches the same one.</summary>
    public static IDeviceGrain NewDevice(this IGrainFactory grains, CommandContext context) =>
        grains.GetGrain<IDeviceGrain>(DeviceKey.Of(context.Tenant, new DeviceId(context.NewId(DeviceKey.Kind))).ToString());

    /// <param name="pupil">Pupil and strategy have the same key.</param>
    public static IStrategyGrain Strategy(this IGrainFactory grains, Session session, string pupil) =>
        grains.GetGrain<IStrategyGrain>(StrategyKey.Of(session.Tenant, Ids.Of<PupilId>(pupil)).ToString());

    public static ICheckScheduleGrain Checks(this IGrainFactory grains, Session session, string pupil) =>
        grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(session.Tenant, Ids.Of<PupilId>(pupil)).ToString());

    public static IWeeklyUpdateGrain Week(this IGrainFactory grains, Session session, DateOnly day) =>
        grains.GetGrain<IWeeklyUpdateGrain>(WeekKey.Of(session.Tenant, day).ToString());
}

/// <summary>The product's today in Europe/London, for inputs that leave the day out.</summary>
public sealed class ProductDay([FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    public DateTimeOffset Instant => clock.GetUtcNow();

    public DateOnly Now => London.DateOf(Instant);
}
