using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>The mail server's word. What cannot be delivered escalates at once.</summary>
    public static Result<Events> Delivered(IncidentState state, NoticeSent sent) =>
        state.Notices.Find(n => n.Id == sent.NoticeId) is { SentAt: null } ? Events.Of(new NoticeAccepted(sent.NoticeId, sent.SentAt)) : Events.None;

    public static Result<Events> Failed(IncidentState state, SchoolFacts facts, NoticeFailed failed, CommandContext context)
    {
        if (state.Notices.Find(n => n.Id == failed.NoticeId) is not { FailedAt: null })
        {
            return Events.None;
        }

        var draft = new IncidentDraft(state, new Setting(facts, context));
        draft.Add(new NoticeUndeliverable(failed.NoticeId, failed.At));
        Escalate(draft, failed.NoticeId, failed.At);
        return draft.Finish();
    }

    private static void NotSeen(IncidentDraft draft, string id)
    {
        if (draft.State.Notices.Find(n => n.Id == id) is { SeenAt: null, EscalatedAt: null, SeeBy: { } by } && by <= draft.Setting.Now)
        {
            Escalate(draft, id, by);
        }
    }

    /// <summary>Once: the next in line is told, and that is recorded; nobody else left is recorded too.</summary>
    private static void Escalate(IncidentDraft draft, string id, DateTimeOffset nominal)
    {
        var notice = draft.State.Notices.Find(n => n.Id == id)!;
        if (notice.SeenAt is not null || notice.EscalatedAt is not null || notice.SeeBy is null || draft.State.IsClosed())
        {
            return;
        }

        Role[] next = notice.Role switch
        {
            Role.Dsl => [Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader],
            Role.DeputyDsl => [Role.Headteacher, Role.Dsl],
            Role.Headteacher => [Role.Dsl, Role.DeputyDsl, Role.SeniorLeader],
            _ => [Role.Dsl, Role.DeputyDsl, Role.Headteacher],
        };
        var to = draft.Setting.Other(next, notice.To);
        draft.Add(new NoticeEscalated(id, to?.Person, nominal));
        if (to is not null)
        {
            draft.Notify(NoticeKind.IncidentEscalated, to, notice.Step, proof: false);
        }
    }
}
