using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Contracts.Pupils;

public static class PupilTables
{
    /// <summary>One row per pupil; id = the pupil's. Columns: year_group, gone (0 or 1), key_worker, class_teacher (person ids). Body <see cref="PupilView"/>.</summary>
    public static readonly ViewTable Pupil = new(
        "pupil", 2,
        [new("year_group", ColumnKind.Text), new("gone", ColumnKind.Number), new("key_worker", ColumnKind.Text), new("class_teacher", ColumnKind.Text)],
        [["gone", "year_group"], ["key_worker"], ["class_teacher"]]);

    /// <summary>Contacts apart from the pupil, so that a list of pupils never reads them; id = the pupil's. Body <see cref="PupilContactsView"/>.</summary>
    public static readonly ViewTable Contacts = new("pupil_contacts", 2, [], []) { AboutPupil = "id" };

    /// <summary>Kind of the exact look-up of a UPN in force or once in force, in capitals without spaces: finds the pupil's id.</summary>
    public const string UpnLookup = "upn";
}

/// <summary>A pupil as staff see one. Erased values are null.</summary>
/// <param name="LeftOn">Last day on roll; null: on roll.</param>
[GenerateSerializer, Immutable, Alias("PupilView")]
public sealed record PupilView(
    PupilId Id,
    [property: Personal] string? Name,
    [property: Personal] DateOnly? DateOfBirth,
    [property: Personal] string? Upn,
    string YearGroup,
    [property: Personal] string? ClassName,
    Phase Phase, bool Sen, PersonId? KeyWorker, PersonId? ClassTeacher,
    [property: Personal] string? SourceId,
    [property: Personal] string? OffSiteProvider,
    [property: Personal] IReadOnlyList<PupilIdentifier>? Identifiers,
    DateOnly? LeftOn);

/// <summary>Who may be told what: for DSL, deputy, head, pastoral team, and whoever is given a contact step.</summary>
/// <param name="Version">How often they were set.</param>
[GenerateSerializer, Immutable, Alias("PupilContactsView")]
public sealed record PupilContactsView(PupilId Id, [property: Personal] IReadOnlyList<PupilContact>? Contacts, int Version = 0);
