using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>The readers that a pupil's page draws on; each gives what its reader may see.</summary>
internal sealed record PupilReads(DeviceReader Devices, BanReader Bans, StrategyReader Strategies, CheckReader Checks, ChronologyReader Chronology);

/// <summary>A pupil: what they may use now, devices, bans, strategy, checks and, for those who see incidents, the chronology.</summary>
internal sealed class OnePupilPage(PupilDesk desk, ISchoolDays days) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PupilSeen Pupil { get; private set; } = null!;

    /// <summary>D5: by use, in words.</summary>
    public IReadOnlyList<(string Use, AccessReply Decision)> Decisions { get; private set; } = [];

    public bool MaySeeReasons => AccessSight.MaySeeReasons(Who);

    public IReadOnlyList<DeviceSeen> Devices { get; private set; } = [];

    public IReadOnlyList<BanView> Bans { get; private set; } = [];

    public bool MayLift { get; private set; }

    public StrategySeen? Strategy { get; private set; }

    public CheckScheduleView? Schedule { get; private set; }

    /// <summary>Null: not for this reader.</summary>
    public IReadOnlyList<IncidentPupilView>? Chronology { get; private set; }

    public string? Next { get; private set; }

    /// <summary>Null: not for this reader.</summary>
    public IReadOnlyList<PupilContact>? Contacts { get; private set; }

    public NatureTitles Natures { get; private set; } = NatureTitles.None;

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public async Task<IActionResult> OnGetAsync(string? after)
    {
        var id = new PupilId(Id);
        if (await desk.Pupils.FindAsync(Who, id, Ct) is not { } pupil)
        {
            return NotFound();
        }

        Pupil = pupil;
        Contacts = (await desk.Pupils.ContactsAsync(Who, id, Ct))?.Contacts;
        var held = await desk.Reads.Devices.PageAsync(Who, new DeviceFilter(DeviceHolder.Of(id)), DevicesOrder.IdAsc, new PageRequest(First: 50), Ct);
        Devices = held.Ok ? [.. held.Value.Items.Select(i => i.Item)] : [];
        Bans = await desk.Reads.Bans.OfPupilAsync(Who, id, Ct);
        Strategy = await desk.Reads.Strategies.FindAsync(Who, id, Ct);
        Decisions = await DecideAsync(id);
        Schedule = await desk.Reads.Checks.ScheduleAsync(Who, id, Ct);
        if (await desk.Reads.Chronology.PageAsync(Who, id, ChronologyOrder.HappenedAtDesc, new PageRequest(First: 25, After: after), Ct) is { } page)
        {
            if (!page.Ok)
            {
                return NotFound();
            }

            Chronology = [.. page.Value.Items.Select(i => i.Item)];
            Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        }

        var today = await days.FindAsync(Who.Tenant, Ct);
        MayLift = LiftBanPage.Lifts(Who, today);
        Natures = new NatureTitles(today?.Facts.Policy?.Policy);
        await desk.Names.LearnAsync([pupil.View.ClassTeacher, pupil.View.KeyWorker, Strategy?.Whole?.Owner], [], Ct);
        return Page();
    }

    // The three reaches, and each service that a ban or the terms in force name.
    private async Task<IReadOnlyList<(string Use, AccessReply Decision)>> DecideAsync(PupilId pupil)
    {
        var services = Bans.Where(b => b.End is null).Select(b => b.Service).Concat(Strategy?.InForce.InForce?.Services ?? []).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var found = new List<(string Use, AccessReply Decision)>();
        foreach (var (use, words) in new[] { ("device", "A device on no network"), ("network", "The school’s network"), ("internet", "The internet") }.Concat(services.Select(s => ($"service:{s}", s))))
        {
            if (AccessSight.MayAsk(Who) && await desk.Pupil(Who.Tenant, pupil).DecideAccessAsync(new AskAccess(use)) is { Ok: true } reply)
            {
                found.Add((words, reply.Value));
            }
        }

        return found;
    }
}
