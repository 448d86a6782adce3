using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial record IncidentState
{
    private IncidentState? ApplyReporting(object @event, EventMeta meta) => @event switch
    {
        IncidentReported e => Reported(e, meta),
        NoticeIssued e => this with
        {
            Notices = Notices.Add(new NotificationView(e.Id, e.Kind, e.To, e.Role, e.Instead, e.Step, meta.At, null, null, e.SeeBy, e.Known ? meta.At : null, null, null)),
        },
        NoticeAccepted e => ChangeNotice(e.Id, n => n with { SentAt = e.SentAt }),
        NoticeUndeliverable e => ChangeNotice(e.Id, n => n with { FailedAt = e.FailedAt }),
        NoticeSeen e => ChangeNotice(e.Id, n => n with { SeenAt = n.SeenAt ?? meta.At }),
        NoticeEscalated e => ChangeNotice(e.Id, n => n with { EscalatedAt = meta.At, EscalatedTo = e.To }),
        TriageOverdue e => this with { TriageOverdue = TriageOverdue.Add(new OverdueView(e.Stage, e.Nominal, meta.At, e.To)) },
        TriageReassigned e => this with { Owner = e.Owner, OwnerRole = e.OwnerRole, Triage = e.Triage, Standing = e.Standing },
        LastingReassigned e => this with { Lasting = e.Owner is { } owner ? new LastingDuty(owner, e.Standing) : null },
        IncidentHandedToDsl e => this with
        {
            Owner = e.Owner, OwnerRole = e.OwnerRole, Standing = e.Standing, Triage = e.Triage, TriageOverdue = [], Handed = new HandedView(meta.Actor.Person, meta.At), AwaitsDsl = true,
        },
        IncidentTriaged e => Triaged(e, meta),
        IncidentDeviceAdded e => this with { Devices = Devices.Add(e.Device) },
        WhatCorrected e => (this with { What = e.What }).Corrected(CorrectedField.What, null, null, e.Reason, meta, c => c with { What = What }),
        HappenedAtCorrected e => (this with { HappenedAt = e.HappenedAt }).Corrected(CorrectedField.HappenedAt, null, null, e.Reason, meta, c => c with { HappenedAt = e.Before }),
        PlaceCorrected e => (this with { Place = e.Place }).Corrected(CorrectedField.Place, null, null, e.Reason, meta, c => c with { Place = Place }),
        PupilPartCorrected e => (this with { People = [.. People.Select(p => p.Pupil == e.Pupil ? p with { Part = e.Part } : p)] }).Corrected(CorrectedField.PupilPart, null, e.Pupil, e.Reason, meta, c => c with { Part = e.Before }),
        PupilAdded e => (this with { People = People.Add(e.Pupil) }).Corrected(CorrectedField.PupilAdded, null, e.Pupil.Pupil, e.Reason, meta),
        PupilWithdrawn e => (this with { People = People.RemoveAll(p => p.Pupil == e.Pupil.Pupil) }).Corrected(CorrectedField.PupilWithdrawn, null, e.Pupil.Pupil, e.Reason, meta, c => c with { Part = e.Pupil.Part }),
        AddressCorrected e => (this with { Addresses = [.. Addresses.Select(a => a.Number == e.Number ? a with { Address = e.Address, Description = e.Description } : a)] })
            .Corrected(CorrectedField.Address, e.Number, null, e.Reason, meta, c => Addresses.Find(a => a.Number == e.Number) is { } was ? c with { Address = was.Address, Description = was.Description } : c),
        StepOutcomeCorrected e => Change(e.Step, s => OutcomeOf(s, e)).Corrected(CorrectedField.StepOutcome, e.Step, e.Pupil, e.Reason, meta, c => c with { Outcome = OutcomeBefore(Step(e.Step), e.Pupil) }),
        ContactCorrected e => ContactRight(e, meta),
        DebriefCorrected e => WithDebrief(d => d with { Findings = e.Findings, PolicyReason = e.PolicyReason ?? d.PolicyReason })
            .Corrected(CorrectedField.Debrief, null, null, e.Reason, meta, c => c with { Findings = Debrief?.Findings, PolicyReason = e.PolicyReason is null ? null : Debrief?.PolicyReason }),
        ChangeCorrected e => ChangeOf(e.Change, c => c with { What = e.What, Outcome = e.Outcome ?? c.Outcome })
            .Corrected(CorrectedField.Change, e.Change, null, e.Reason, meta, c => Debrief?.Changes.Find(x => x.Number == e.Change) is { } was ? c with { What = was.What, Outcome = e.Outcome is null ? null : was.Outcome } : c),
        ClosureCorrected e => (Closure is { } closure ? this with { Closure = closure with { Summary = e.Summary } } : this)
            .Corrected(CorrectedField.Closure, null, null, e.Reason, meta, c => c with { Summary = Closure?.Summary }),
        IncidentLinked e => this with { Links = Links.Add(new LinkView(e.Other, e.OtherSchoolReference, meta.At)) },
        _ => null,
    };

    private static Personal<string>? OutcomeBefore(IncidentStep? step, PupilId? of) =>
        of is { } pupil ? step?.Parts.FindLast(p => p.Pupils.Contains(pupil))?.Outcome : step?.End?.Outcome;

    private static IncidentStep OutcomeOf(IncidentStep step, StepOutcomeCorrected e) => e.Pupil is { } pupil
        ? step.Parts.FindLast(p => p.Pupils.Contains(pupil)) is { } part ? step with { Parts = step.Parts.Replace(part, part with { Outcome = e.Outcome }) } : step
        : step.End is null ? step : step with { End = step.End with { Outcome = e.Outcome } };

    private IncidentState ContactRight(ContactCorrected e, EventMeta meta) => Step(e.Step)?.Contacts.ElementAtOrDefault(e.Contact - 1) is not { } was ? this
        : Change(e.Step, s => ContactRight(s, was, e.Right)).Corrected(CorrectedField.ParentsContact, e.Step, was.Pupils is [var whose] ? whose : null, e.Reason, meta, c => c with { Contact = was });

    // What was recorded with it was at the same time.
    private static IncidentStep ContactRight(IncidentStep step, IncidentContact was, ContactWords right) => step with
    {
        Contacts = step.Contacts.Replace(was, was with
        {
            Who = right.Who ?? was.Who, Contact = right.Who is null ? was.Contact : null, How = right.How ?? was.How, Said = right.Said ?? was.Said, Reason = right.Reason ?? was.Reason,
            DoneAt = right.DoneAt ?? was.DoneAt,
        }),
        Parts = step.Parts.ConvertAll(p => p.RecordedAt == was.At ? p with { DoneAt = right.DoneAt ?? p.DoneAt } : p),
        End = step.End is { DoneAt: { } at } end && end.RecordedAt == was.At ? end with { DoneAt = right.DoneAt ?? at } : step.End,
    };

    private IncidentState Reported(IncidentReported e, EventMeta meta) => this with
    {
        Exists = true, Id = e.Id, Kind = e.Kind, Reporter = e.Reporter, OnBehalfOf = e.OnBehalfOf, Danger = e.Danger, ReportedAt = meta.At, HappenedAt = e.HappenedAt, What = e.What, OnSite = e.OnSite,
        Place = e.Place, People = [.. e.People], Devices = [.. e.Devices], Addresses = [.. e.Addresses], Owner = e.Owner, OwnerRole = e.OwnerRole, Triage = e.Triage, Standing = e.Standing,
    };

    private IncidentState Triaged(IncidentTriaged e, EventMeta meta) => Remarked(new IncidentRemark(RemarkKind.Triaged, meta.Actor.Person, meta.At, Reason: e.Reason)) with
    {
        TriagedAt = meta.At, AwaitsDsl = false, Owner = meta.Actor.Person ?? Owner, Standing = e.Standing, Nature = e.Nature, FourCs = [.. e.FourCs], Awareness = e.Awareness, Serious = e.Serious, PolicyVersion = e.PolicyVersion,
        Closing = e.Closing, MonitorFor = e.MonitorFor, Devices = [.. Devices.Union(e.Devices)],
        // Whoever triaged it for a child took it from those who see to what is technical.
        Handed = IsTechnical() && !(e.Technical ?? e.FourCs.Count == 0) ? new HandedView(meta.Actor.Person, meta.At) : Handed,
        Path = (e.Path, e.PathState) is not ({ } path, { } state) ? null
            : Path?.Path == path ? Path with { State = state }
            : new IncidentPath(path, state, e.PathFromFloor, false, null, Path?.Review, Path?.PoliceAnswers ?? [], null, Path?.BeganAt ?? meta.At),
        PastPaths = Path is { } left && left.Path != e.Path ? PastPaths.Add(left with { EndedAt = meta.At }) : PastPaths,
        Steps = Steps.ConvertAll(s => e.Superseded.Contains(s.Number) ? s with { Status = StepStatus.Superseded } : s).AddRange(e.Steps.Select(s => IncidentStep.Of(s, meta.At))),
    };
}
