using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>Plays the script on the real host: the clock moves from action to action, everything due in between happens in order.</summary>
internal sealed class TermRun(RunningGateway gateway, SystemTime machine, TermScript script, IReadOnlyList<TermExpectation> schools)
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)> _actions = new();

    public IReadOnlyList<SimulatedSchool> Schools { get; } = [.. schools.Select(s => new SimulatedSchool(gateway, s.School))];

    public async Task PlayAsync()
    {
        var trust = TenantId.Trust(Guid.CreateVersion7());
        await TwoSchools.Done(gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(TwoSchools.System(trust), new FoundTrust("Harbour Learning Trust", TrustKind.MultiAcademyTrust)));
        foreach (var (school, expected) in Schools.Zip(schools))
        {
            await school.EstablishAsync(trust, expected.ChecksOf.Keys);
            Plan(school, expected);
        }

        PlanMachine();
        while (_actions.TryPeek(out _, out var next) && next.At <= script.End)
        {
            // Of two moments at the same instant the first has let the clock run on a little.
            var now = gateway.Clock.GetUtcNow();
            await gateway.MoveToAsync(next.At > now ? next.At : now.AddSeconds(1));
            await RunAsync(next);
        }

        await gateway.MoveToAsync(script.End);
    }

    /// <summary>What people do at the same time is done at once; anything else has its own order number.</summary>
    private async Task RunAsync((DateTimeOffset At, int Order) moment)
    {
        var together = new List<Task>();
        while (_actions.TryPeek(out var action, out var next) && next == moment)
        {
            _actions.Dequeue();
            together.Add(action());
        }

        await Task.WhenAll(together);
    }

    private void Plan(SimulatedSchool school, TermExpectation expected)
    {
        foreach (var closing in school.Script.Closings)
        {
            At(TermDates.Utc(closing.Day, closing.Announced), 0, () => school.CloseAsync(closing));
        }

        foreach (var cover in school.Script.Covers)
        {
            At(TermDates.Utc(cover.From, new(6, 40)), 0, () => school.CoverAsync(cover));
        }

        if (school.Script.TeacherLeaves is { } leaves)
        {
            At(leaves, 0, () => school.ReplaceTeacherAsync(expected.ChecksOf.Keys));
        }

        foreach (var week in expected.Weeks)
        {
            At(week.Sent, 2, () => school.SendAsync(week.Monday, TermDates.DayOf(week.Sent!.Value)));
        }

        foreach (var (pupil, checks) in expected.ChecksOf)
        {
            PlanPupil(school, pupil, checks);
        }
    }

    private void PlanPupil(SimulatedSchool school, TermPupil pupil, IReadOnlyList<ExpectedCheck> checks)
    {
        var from = pupil.From(script.First);
        At(TermDates.Utc(from, new(6, 30)), 0, () => school.ScheduleAsync(pupil, from));
        At(pupil.ContinuedAt, 1, () => school.ContinueAsync(pupil));
        At(pupil.EndsAt, 1, () => school.EndAsync(pupil));
        foreach (var check in checks)
        {
            if (check.Recorded is { } recording)
            {
                At(recording.At, 1, () => school.RecordAsync(pupil, check.Day, recording, script.SentTwice(pupil, check.Day)));
            }

            if (check.Recorded is { Result: "Concern" } && script.Answered(pupil, check.Day) is { } at)
            {
                At(at, 1, () => school.AnswerAsync(pupil, check.Day, TermDates.DayOf(at)));
            }
        }
    }

    private void PlanMachine()
    {
        foreach (var at in script.Restarts)
        {
            At(at, 3, gateway.RestartAsync);
        }

        At(script.Down?.From, 3, async () =>
        {
            machine.BeOff(script.Down!.Value.To - gateway.Clock.GetUtcNow());
            await gateway.RestartAsync();
        });
    }

    private void At(DateTimeOffset? time, int order, Func<Task> action)
    {
        if (time is { } at && at <= script.End)
        {
            _actions.Enqueue(action, (at, order));
        }
    }
}
