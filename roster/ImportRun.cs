using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster;

/// <summary>One import on its way: staff, pupils, leavers, roll.</summary>
internal sealed class ImportRun(IGrainFactory grains, TenantId school, RosterPlan plan, Func<Guid, CommandContext> contextOf, IProgress<RosterProgress>? progress)
{
    private const int AtOnce = 16;
    private readonly ConcurrentDictionary<string, PersonId> _staff = new(plan.KnownStaff);
    private readonly ConcurrentQueue<DomainError> _refused = new();
    private int _done;

    public async Task<RosterReport> RunAsync(CancellationToken ct)
    {
        // Staff first, because pupils refer to their class teacher; leaving staff last, when no pupil refers to them any more.
        await StepAsync("staff", plan.NewStaff, AddAsync, ct);
        await StepAsync("changed staff", plan.ChangedStaff, ChangeAsync, ct);
        await StepAsync("roles", plan.NewRoles, r => AssignAsync(r.Row, r.Person, r.Role), ct);
        await StepAsync("new pupils", plan.New, RegisterAsync, ct);
        await StepAsync("changed pupils", plan.Changed, UpdateAsync, ct);
        await StepAsync("leaving pupils", plan.Leaving, LeaveAsync, ct);
        await StepAsync("leaving staff", plan.LeavingStaff, s => SendAsync(Id("staff-left", s.Person), c => School.RecordLeaverAsync(c, new RecordLeaver(s.Person)), s), ct);
        if (plan.RollChanges && _refused.IsEmpty)
        {
            var version = (await School.GetFactsAsync(0))?.Version ?? 0;
            await SendAsync(Id("roll", version), c => School.RecordRollAsync(c, new RecordRoll(plan.Roll, plan.SourceId)), "roll");
        }

        return new RosterReport(_done, [.. _refused]);
    }

    private ISchoolGrain School => grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString());

    private async Task AddAsync(NewStaff staff)
    {
        var added = await SendAsync(
            Id("staff", staff.Row.SourceId, staff.Earlier), c => School.AddPersonAsync(c, new AddPerson(staff.Row.Name, staff.Row.Email!, null, staff.Row.SourceId)), staff.Row);
        if (added is not null)
        {
            _staff[staff.Row.SourceId] = added.Id;
            if (staff.Role is { } role)
            {
                await AssignAsync(staff.Row, added.Id, role);
            }
        }
    }

    private async Task ChangeAsync(ChangedStaff staff)
    {
        var version = (await School.GetFactsAsync(0))?.Version ?? 0;
        await SendAsync(Id("staff-changed", staff.Update.Person, version), c => School.UpdatePersonAsync(c, staff.Update), staff);
    }

    private Task<PersonView?> AssignAsync(RosterStaff row, PersonId person, Role role) =>
        SendAsync(Id("role", row.SourceId, person, role, plan.Today), c => School.AssignRoleAsync(c, new AssignRole(person, role, plan.Today, null)), row);

    private Task RegisterAsync(NewPupil pupil)
    {
        var row = pupil.Row;
        var context = contextOf(Id("pupil", row.SourceId));
        var grain = grains.GetGrain<IPupilGrain>(PupilKey.Of(school, new PupilId(context.NewId(PupilKey.Kind))).ToString());
        return TellAsync(
            grain.RegisterAsync(context, new RegisterPupil(
                row.Name, row.DateOfBirth!.Value, row.Upn, pupil.Place.YearGroup, pupil.Place.ClassName, pupil.Phase, row.Sen ?? false, null, Teacher(pupil.Place.ClassTeacher), row.SourceId, null)),
            row);
    }

    private async Task UpdateAsync(ChangedPupil pupil)
    {
        var grain = grains.GetGrain<IPupilGrain>(PupilKey.Of(school, pupil.Pupil).ToString());
        // The version makes the ids of a change differ when the same bundle comes again after another: back to this state is a new change.
        var version = (await grain.GetFactsAsync(0))?.Version ?? 0;
        if (pupil.Returns && await SendAsync(Id("return", pupil.Row.SourceId, version), c => grain.RecordReturnAsync(c, new RecordPupilReturn(plan.Today)), pupil.Row) is null)
        {
            return;
        }

        if (pupil.Fields.Count > 0)
        {
            var update = pupil.TeacherChanges ? pupil.Update with { ClassTeacher = new Change<PersonId?>(Teacher(pupil.ClassTeacher)) } : pupil.Update;
            await SendAsync(Id("update", pupil.Row.SourceId, version), c => grain.UpdateAsync(c, update), pupil.Row);
        }
    }

    private async Task LeaveAsync(LeavingPupil pupil)
    {
        var grain = grains.GetGrain<IPupilGrain>(PupilKey.Of(school, pupil.Pupil).ToString());
        var version = (await grain.GetFactsAsync(0))?.Version ?? 0;
        await SendAsync(Id("left", pupil.Pupil, version), c => grain.RecordLeftAsync(c, new RecordPupilLeft(plan.Today)), pupil);
    }

    // One whose record was refused is told among the refused rows; the pupil goes without until then.
    private PersonId? Teacher(string? sourceId) => sourceId is not null && _staff.TryGetValue(sourceId, out var person) ? person : null;

    private async Task StepAsync<T>(string step, IReadOnlyList<T> items, Func<T, Task> act, CancellationToken ct)
    {
        var done = 0;
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (item, _) =>
        {
            await act(item);
            progress?.Report(new RosterProgress(step, Interlocked.Increment(ref done), items.Count));
        });
    }

    private Task<T?> SendAsync<T>(Guid id, Func<CommandContext, Task<Result<T>>> send, object what) where T : class => TellAsync(send(contextOf(id)), what);

    private async Task<T?> TellAsync<T>(Task<Result<T>> answer, object what) where T : class
    {
        var result = await answer;
        if (result.Ok)
        {
            Interlocked.Increment(ref _done);
            return result.Value;
        }

        foreach (var error in result.Errors)
        {
            _refused.Enqueue(error with { Message = $"{what}: {error.Message}" });
        }

        return null;
    }

    private Guid Id(params object[] parts)
    {
        var text = $"{plan.BundleHash}|{school}|{string.Join('|', parts)}";
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }
}
