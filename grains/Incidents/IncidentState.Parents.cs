using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>How contact with parents stands, pupil by pupil, whichever step of whichever plan it was recorded with.</summary>
internal sealed partial record IncidentState
{
    /// <summary>The latest ending for this pupil; where nobody was named, it was for everybody. Null: none.</summary>
    public (IncidentStep Step, IncidentContact Contact)? ParentsOf(PupilId pupil) => Latest(c => c.Pupils.Contains(pupil) || c.Pupils.IsEmpty);

    /// <summary>Parents of pupils who are concerned know nothing yet, and not for good: a day is set on which it is looked at again, or was.</summary>
    public IEnumerable<(IncidentStep Step, IncidentContact Contact)> ParentsReviews()
    {
        var concerned = IncidentDecider.Concerned(this, StepKind.ContactParents).ToList();
        IEnumerable<(IncidentStep Step, IncidentContact Contact)?> latest = concerned.Count == 0 ? [Latest(_ => true)] : concerned.Select(ParentsOf);
        return latest.OfType<(IncidentStep Step, IncidentContact Contact)>().Where(l => l.Contact.IsWithheld() && l.Contact.ReviewOn is not null).Distinct();
    }

    private (IncidentStep Step, IncidentContact Contact)? Latest(Func<IncidentContact, bool> about) =>
        Steps.SelectMany(s => s.Contacts.Where(c => c.Ends() && about(c)).Select(c => ((IncidentStep, IncidentContact)?)(s, c))).OrderBy(c => c!.Value.Item2.At).LastOrDefault();
}
