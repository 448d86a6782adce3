using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Demo;

/// <summary>How a step of each kind is completed, and by whom.</summary>
internal static class CaseSteps
{
    public static Agency? AgencyOf(StepKind kind) => kind switch
    {
        StepKind.ReferPolice => Agency.Police,
        StepKind.ReferSocialCare => Agency.SocialCare,
        StepKind.ReferLado => Agency.Lado,
        StepKind.ReferLocalAuthority => Agency.LocalAuthority,
        StepKind.ReferAgency => Agency.Other,
        _ => null,
    };

    public static PersonId? ActorOf(StepKind kind, DemoSite site) => kind switch
    {
        StepKind.HeadResponds => site[Role.Headteacher],
        StepKind.RemoveMaterial or StepKind.Custom => site[Role.NetworkManager],
        _ => null,
    };

    /// <summary>One for each pupil concerned, where it is recorded pupil by pupil.</summary>
    public static IEnumerable<CompleteStep> Complete(StepView step, DemoCase incident)
    {
        var consider = step.Rule.Mode == StepMode.Consider;
        var yes = consider && step.Rule.Kind != StepKind.ConsiderBan && new Dice($"{incident.Id} {step.Rule.Id}").Percent(35);
        var complete = new CompleteStep(
            step.Number, null, consider ? yes : null, Outcome(step.Rule.Kind), consider ? (yes ? "It protects the pupil and others." : "Looked at in the meeting; not needed here.") : "As the policy asks.",
            step.Rule.Kind == StepKind.ContactParents && (!consider || yes) ? Contact(incident) : null, []);
        return incident.Pupils.Where(p => p.Part != PupilPart.Witness).ToList() is { Count: > 1 } concerned && StepWork.IsRecordedPerPupil(step.Rule.Kind) ? concerned.Select(p => complete with { Pupils = [p.Pupil.Id] }) : [complete];
    }

    /// <summary>For each pupil of whom no device was taken.</summary>
    public static CompleteStep NoneHeld(StepView step, PupilId pupil) =>
        new(step.Number, null, null, null, "The family keeps what there is at home; nothing was brought to school.", null, [], [pupil]);

    /// <summary>Only pupils who are watched get a strategy and checks; for the others the head decides otherwise.</summary>
    public static WaiveStep? WaiverOf(StepView step) =>
        step.Rule.Kind is StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate && step.Rule.Mode == StepMode.Do
            ? new WaiveStep(step.Number, "The family keeps the device at home and looks at it with the pupil; nothing is used in school.")
            : null;

    private static ParentContact Contact(DemoCase incident) =>
        new(ContactEnding.Made, new Dice($"{incident.Id} parents").Percent(70) ? "Mother" : "Father", ContactWay.Telephone, "What happened, what the school does, and whom to ring.", null, null, null);

    private static string Outcome(StepKind kind) => kind switch
    {
        StepKind.InformRole => "Told in person.",
        StepKind.SupportPupil => "A key adult was agreed and seen each day.",
        StepKind.RemoveMaterial => "Removed; nothing on the device was evidence.",
        StepKind.HeadResponds => "The head spoke with those concerned.",
        _ => "Done.",
    };
}
