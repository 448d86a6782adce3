namespace OnlineSafetyTrust.Contracts.Schools;

public static class SchoolErrors
{
    public static readonly DomainError AlreadyEstablished = DomainError.Refused("SCHOOL_EXISTS", "This school already exists.");

    public static readonly DomainError NotEstablished = DomainError.NotFound("school");

    public static readonly DomainError UrnWrong = DomainError.Invalid("URN_WRONG", "A URN has six digits. Look it up on the DfE's school list.", "urn");

    public static readonly DomainError LaestabWrong =
        DomainError.Invalid("LAESTAB_WRONG", "A LAESTAB is the authority's three digits, a stroke and the establishment's four, such as 885/0042. Look it up on the DfE's school list.", "laestab");

    public static readonly DomainError NameMissing = DomainError.Invalid("NAME_MISSING", "Enter the school's name.", "name");

    public static DomainError YearGroupUnknown(string year) =>
        DomainError.Invalid("YEAR_GROUP_UNKNOWN", $"'{year}' is no year group. Use N1, N2, R or 1 to 14.", "yearGroups");

    public static readonly DomainError PackMissing =
        DomainError.Invalid("POLICY_MISSING", "Name a shipped policy pack or send a pack's YAML text: one of the two.", "pack", "yaml");

    public static DomainError PackUnknown(string pack) =>
        DomainError.Invalid("POLICY_UNKNOWN", $"There is no shipped pack '{pack}'.", "pack");

    public const int LongestDecision = 4_000;

    public static readonly DomainError NoPolicy =
        DomainError.Refused("NO_POLICY", "No policy is in force, so there is no question to decide. Adopt a policy first.", "questionId");

    public static readonly DomainError QuestionUnknown =
        DomainError.Invalid("QUESTION_UNKNOWN", "The policy in force has no such question. Choose one of its open questions.", "questionId");

    public static readonly DomainError DecisionMissing = DomainError.Invalid("DECISION_MISSING", "Say what the school has decided.", "decision");

    public static DomainError TextTooLong(string field) => DomainError.Invalid("TEXT_TOO_LONG", "This text is too long: at most 4,000 characters. Shorten it.", field);

    public static readonly DomainError NationDiffers =
        DomainError.Invalid("POLICY_NATION", "This pack was written for another nation; its statutory floor does not fit this school.", "pack");

    public static DomainError PhoneWrong(string field) => DomainError.Invalid(
        "PHONE_WRONG", "This is no telephone number. Use 3 to 15 digits, with spaces and a leading + if you like, such as 01632 960123.", field);

    public static readonly DomainError CalendarChanged = DomainError.Conflict(
        "CALENDAR_CHANGED", "Somebody set the calendar since you read it, and nothing was changed. Read it again, add what you changed to it, and send that.") with { Fields = ["expectedVersion"] };

    public static readonly DomainError RollNegative = DomainError.Invalid("ROLL_NEGATIVE", "A roll cannot be negative.", "roll");
}
