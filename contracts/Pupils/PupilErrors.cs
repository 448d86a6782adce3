namespace OnlineSafetyTrust.Contracts.Pupils;

public static class PupilErrors
{
    public static readonly DomainError Unknown = DomainError.NotFound("pupil");

    public static readonly DomainError AlreadyRegistered = DomainError.Refused("PUPIL_EXISTS", "This pupil is already on the roll. Change the record instead.");

    public static readonly DomainError NameMissing = DomainError.Invalid("NAME_MISSING", "Enter the pupil's name.", "name");

    public static readonly DomainError BirthWrong =
        DomainError.Invalid("DATE_OF_BIRTH_WRONG", "A pupil is between 1 and 25 years old. Check the date of birth.", "dateOfBirth");

    public static readonly DomainError UpnWrong =
        DomainError.Invalid("UPN_WRONG", "A UPN is a letter and 12 digits, and the letter is calculated from the digits; this one does not add up. Check it, or leave it empty.", "upn");

    public static readonly DomainError YearGroupUnknown =
        DomainError.Invalid("YEAR_GROUP_UNKNOWN", "This is no year group. Use N1, N2, R or 1 to 14.", "yearGroup");

    public static DomainError NotOnStaff(string field) =>
        DomainError.Invalid("PERSON_UNKNOWN", "There is no such person on the staff of this school. Choose one from the list.", field);

    public static readonly DomainError IdentifierWrong =
        DomainError.Invalid("IDENTIFIER_WRONG", "Give each further number a kind and a value, each kind once; the UPN has its own field.", "identifiers");

    public static readonly DomainError LeavesLater =
        DomainError.Invalid("LEAVES_LATER", "The last day is still to come, and a leaver's checks stop at once. Record it on the day.", "lastDay");

    public static readonly DomainError HasLeft = DomainError.Refused("PUPIL_LEFT", "This pupil has left the school. Record their return first.", "pupilId");

    public static readonly DomainError NotLeft = DomainError.Refused("PUPIL_NOT_LEFT", "This pupil is on the roll and need not return.");

    public static readonly DomainError ReturnBeforeLeaving =
        DomainError.Invalid("RETURN_BEFORE_LEAVING", "The first day back is before the last day on roll. Change it.", "firstDay");

    public static readonly DomainError NothingEnded = DomainError.Refused("NOTHING_ENDED", "Nothing that ended when this pupil left waits to be seen to.", "pupilId");

    public static readonly DomainError ContactNameMissing = DomainError.Invalid("CONTACT_NAME_MISSING", "Enter a name and a relationship for each contact.", "contacts");

    public static readonly DomainError ContactsChanged = DomainError.Conflict(
        "CONTACTS_CHANGED", "Somebody set this pupil's contacts since you read them, and nothing was changed. Read them again, add what you changed to them, and send that.") with { Fields = ["expectedVersion"] };

    public static readonly DomainError ContactTwice = DomainError.Invalid("CONTACT_TWICE", "Two contacts have the same id. Give each its own.", "contacts");
}
