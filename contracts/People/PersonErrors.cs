using System.Globalization;

namespace OnlineSafetyTrust.Contracts.People;

public static class PersonErrors
{
    public static readonly DomainError NameMissing = DomainError.Invalid("NAME_MISSING", "Enter the person's name.", "name");

    public static readonly DomainError EmailWrong = DomainError.Invalid("EMAIL_WRONG", "Enter an e-mail address such as name@school.example.", "email");

    public static readonly DomainError EmailTaken =
        DomainError.Invalid("EMAIL_TAKEN", "This e-mail address already belongs to somebody else at this school. Enter this person's own.", "email");

    public static readonly DomainError UnknownPerson = DomainError.Invalid("PERSON_UNKNOWN", "There is no such person at this school. Choose one from the list of staff.", "personId");

    public static readonly DomainError Left = DomainError.Refused("PERSON_LEFT", "This person has left. Add them again if they are back.", "personId");

    public static readonly DomainError EndBeforeStart = DomainError.Invalid("END_BEFORE_START", "The last day is before the first day. Change one of them.", "to");

    public static readonly DomainError CoversThemselves = DomainError.Invalid("COVER_SELF", "A person cannot cover for themselves. Choose somebody else.", "coverId");

    public static readonly DomainError UnknownCover =
        DomainError.Invalid("COVER_UNKNOWN", "No cover for this person begins on that day. Give the first day of the absence.", "from");

    public static readonly DomainError CoverOver = DomainError.Refused("COVER_OVER", "This cover is over already: there is nothing to cancel.", "from");

    public static readonly DomainError AppointsThemselves =
        DomainError.Refused("APPOINTS_SELF", "Nobody gives a role to themselves. Ask the headteacher, a senior leader or your trust to do it.", "personId");

    public static readonly DomainError CoverGuarded = DomainError.Refused(
        "COVER_GUARDED", "Whoever stands in for the head, a DSL or a deputy sees every incident. Name one of them, or let the head, or whoever is away, arrange it; whoever runs this system can (./dev appoint).", "coverId");

    public static readonly DomainError TrustRole = DomainError.Refused("TRUST_ROLE", "This role belongs to the trust, not to a school. Ask a trust administrator.", "role");

    public static readonly DomainError RoleNotHeld = DomainError.Refused("ROLE_NOT_HELD", "This person does not hold this role.", "role");

    /// <param name="role">DSL or headteacher.</param>
    /// <param name="from">The first day without one.</param>
    /// <param name="field">The last day, as the command calls it.</param>
    public static DomainError LastHolder(Role role, DateOnly from, string field) => DomainError.Refused(
        "LAST_HOLDER",
        string.Create(CultureInfo.InvariantCulture, $"From {from:d MMMM yyyy} nobody would be {(role == Role.Dsl ? "DSL" : "headteacher")}. Give the role to the successor first, from that day on. A cover is no successor: it ends with the role."),
        "role", field);

    public static readonly DomainError SignInWrong = DomainError.Invalid(
        "SIGN_IN_WRONG", "A sign-in is the provider's issuer, a web address, and the person's subject there. Copy both from the provider.", "signIn");

    public static readonly DomainError SignInTaken = DomainError.Invalid("SIGN_IN_TAKEN", "This sign-in already belongs to somebody else at this school.", "signIn");
}
