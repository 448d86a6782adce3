using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

/// <summary>The readers that a pupil's page draws on; each gives what its reader may see.</summary>
internal sealed record PupilReads(DeviceReader Devices, BanReader Bans, StrategyReader Strategies, CheckReader Checks, ChronologyReader Chronology);

/// <summary>A pupil: devices, bans, strategy, checks and, for those who see incidents, the chronology.</summary>
internal sealed class OnePupilPage(PupilReader pupils, PupilReads reads, ISchoolDays days, Names names) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PupilSeen Pupil { get; private set; } = null!;

    public IReadOnlyList<DeviceSeen> Devices { get; private set; } = [];

    public IReadOnlyList<BanView> Bans { get; private set; } = [];

    public StrategySeen? Strategy { get; private set; }

    public CheckScheduleView? Schedule { get; private set; }

    /// <summary>Null: not for this reader.</summary>
    public IReadOnlyList<IncidentPupilView>? Chronology { get; private set; }

    public string? Next { get; private set; }

    public NatureTitles Natures { get; private set; } = NatureTitles.None;

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public async Task<IActionResult> OnGetAsync(string? after)
    {
        var id = new PupilId(Id);
        if (await pupils.FindAsync(Who, id, Ct) is not { } pupil)
        {
            return NotFound();
        }

        Pupil = pupil;
        var held = await reads.Devices.PageAsync(Who, new DeviceFilter(DeviceHolder.Of(id)), new PageRequest(First: 50), Ct);
        Devices = held.Ok ? [.. held.Value.Items.Select(i => i.Item)] : [];
        Bans = await reads.Bans.OfPupilAsync(Who, id, Ct);
        Strategy = await reads.Strategies.FindAsync(Who, id, Ct);
        Schedule = await reads.Checks.ScheduleAsync(Who, id, Ct);
        if (await reads.Chronology.PageAsync(Who, id, new PageRequest(First: 25, After: after), Ct) is { } page)
        {
            if (!page.Ok)
            {
                return NotFound();
            }

            Chronology = [.. page.Value.Items.Select(i => i.Item)];
            Next = page.Value.HasNext ? page.Value.Items[^1].Cursor : null;
        }

        Natures = new NatureTitles((await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy);
        await names.LearnAsync([pupil.View.ClassTeacher, pupil.View.KeyWorker, Strategy?.Whole?.Owner], [], Ct);
        return Page();
    }
}
