using System.Globalization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    public static readonly OverdueStage[] Stages = [OverdueStage.Owner, OverdueStage.Dsl, OverdueStage.Headteacher];

    public static Result<Events> OnDue(IncidentState state, SchoolFacts facts, string what, CommandContext context)
    {
        var draft = new IncidentDraft(state, new Setting(facts, context));
        var slash = what.IndexOf('/', StringComparison.Ordinal);
        var (kind, name) = slash < 0 ? (what, "") : (what[..slash], what[(slash + 1)..]);
        switch (kind)
        {
            case IncidentDue.Triage:
                TriageLate(draft);
                break;
            case IncidentDue.Notice:
                NotSeen(draft, name);
                break;
            case IncidentDue.Step:
                StepLate(draft, Number(name));
                break;
            case IncidentDue.Parents:
                ParentsReview(draft, Number(name));
                break;
            case IncidentDue.Chase:
                Chase(draft, Number(name));
                break;
            case IncidentDue.Change:
                ChangeLate(draft, Number(name));
                break;
            case IncidentDue.Monitoring:
                MonitoringReview(draft);
                break;
            case IncidentDue.HandOver:
                HandOver(draft);
                break;
            default:
                throw new InvalidOperationException($"An incident has no deadline '{what}'.");
        }

        return draft.Finish();
    }

    private static int Number(string name) => int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void TriageLate(IncidentDraft draft)
    {
        if (draft.State.AwaitsTriage() && draft.State.Triage is { } times)
        {
            Late(draft, times, draft.State.TriageOverdue, draft.State.Owner, NoticeKind.TriageOverdue, null, (stage, nominal, to) => new TriageOverdue(stage, nominal, to));
        }
    }

    private static void StepLate(IncidentDraft draft, int number)
    {
        if (draft.State.Step(number) is { Times: { } times } step && draft.State.IsReady(step))
        {
            Late(draft, times, step.Overdue, step.Owner, NoticeKind.StepOverdue, number, (stage, nominal, to) => new StepOverdue(number, stage, nominal, to));
        }
    }

    /// <summary>Every stage passed is recorded with its nominal time; only the highest tells anybody.</summary>
    private static void Late(
        IncidentDraft draft, StepTimes times, IReadOnlyList<OverdueView> before, PersonId? owner, NoticeKind kind, int? step, Func<OverdueStage, DateTimeOffset, PersonId?, object> record)
    {
        var passed = Stages.Where(s => times.At(s) <= draft.Setting.Now && !before.Any(b => b.Stage == s)).ToList();
        foreach (var stage in passed)
        {
            var to = stage == passed[^1] ? ToldOf(draft.Setting, stage, owner) : null;
            draft.Add(record(stage, times.At(stage), to?.Person));
            if (to is not null)
            {
                draft.Notify(kind, to, step, proof: false);
            }
        }
    }

    private static Holder? ToldOf(Setting setting, OverdueStage stage, PersonId? owner)
    {
        var acting = owner is { } person ? setting.Facts.StandIn(person, setting.Day) : null;
        return stage switch
        {
            OverdueStage.Owner => acting is { } here ? new Holder(here, RoleOf(setting, here), null) : setting.Find([Role.Dsl]),
            OverdueStage.Dsl => setting.Other([Role.Dsl, Role.DeputyDsl, Role.Headteacher], acting ?? default),
            _ => setting.Other([Role.Headteacher, Role.SeniorLeader, Role.Dsl, Role.DeputyDsl], acting ?? default),
        };
    }

    private static Role RoleOf(Setting setting, PersonId person) => setting.Facts.RolesOf(person, setting.Day).OrderBy(r => r).FirstOrDefault(Role.SupportStaff);

    private static void ParentsReview(IncidentDraft draft, int number)
    {
        var days = draft.State.ParentsReviews().Where(r => r.Step.Number == number && r.Contact.ReviewFellDue is null && r.Contact.ReviewAt <= draft.Setting.Now)
            .Select(r => r.Contact.ReviewAt!.Value).Distinct().Order().ToList();
        if (days.Count > 0)
        {
            var to = draft.Setting.Find([Role.Dsl, Role.DeputyDsl]);
            days.ForEach(at => draft.Add(new ParentsReviewDue(number, at, to?.Person)));
            Tell(draft, NoticeKind.ParentsReview, to, number);
        }
    }

    private static void Chase(IncidentDraft draft, int number)
    {
        if (draft.State.Referrals.Find(r => r.Number == number) is { ChaseAt: { } at } && at <= draft.Setting.Now)
        {
            var to = draft.Setting.Find([Role.Dsl, Role.DeputyDsl]);
            draft.Add(new ReferralChaseDue(number, at, to?.Person));
            Tell(draft, NoticeKind.ReferralChase, to, null);
        }
    }

    private static void ChangeLate(IncidentDraft draft, int number)
    {
        if (draft.State.Debrief?.Changes.Find(c => c.Number == number) is { DoneAt: null, OverdueAt: null } change && change.DueAt <= draft.Setting.Now)
        {
            var to = ToldOf(draft.Setting, OverdueStage.Owner, change.Owner);
            draft.Add(new ChangeOverdue(number, change.DueAt, to?.Person));
            Tell(draft, NoticeKind.DebriefChangeOverdue, to, null);
        }
    }

    private static void MonitoringReview(IncidentDraft draft)
    {
        if (draft.State.Debrief is { MonitorTold: false, MonitorAt: { } at } debrief && debrief.Watching() && at <= draft.Setting.Now)
        {
            var to = draft.Setting.Find([Role.Dsl, Role.DeputyDsl]);
            draft.Add(new MonitoringDue(at, to?.Person));
            Tell(draft, NoticeKind.MonitoringReview, to, null);
        }
    }

    private static void Tell(IncidentDraft draft, NoticeKind kind, Holder? to, int? step)
    {
        if (to is not null)
        {
            draft.Notify(kind, to, step, proof: false);
        }
    }
}
