using System.CommandLine;
using OnlineSafetyTrust.Roster;
using OnlineSafetyTrust.Roster.Schools;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>How a school is put into service.</summary>
internal static partial class CommandLine
{
    private static Command Import() => new("import", "Takes over data from files") { Roster(), Schools() };

    private static Command Roster()
    {
        var bundle = new Argument<FileInfo>("FILE.zip") { Description = "OneRoster 1.1 or 1.2 CSV bundle" };
        var school = new Option<string>("--school") { Description = "URN of the school", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change and change nothing" };
        var leavers = new Option<int?>("--confirm-leavers") { Description = "Exactly so many pupils leave, and somebody has looked at the list" };
        var share = new Option<int>("--most-leaving") { Description = "Percent of the roll that may leave without --confirm-leavers", DefaultValueFactory = _ => RosterOptions.UsualShare };
        share.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && int.TryParse(r.Tokens[0].Value, out var percent) && percent is < 0 or > 100)
            {
                r.AddError("--most-leaving: give a percentage from 0 to 100.");
            }
        });
        var same = new Option<string[]>("--same") { Description = "SOURCE-ID=PUPIL-ID: this row is that pupil; may be repeated" };
        var fresh = new Option<string[]>("--new") { Description = "SOURCE-ID: this row is a new pupil; may be repeated" };
        var roster = new Command("roster", "Takes over pupils and staff of a school from its information system") { bundle, school, dryRun, leavers, share, same, fresh };
        roster.SetAction((parsed, ct) => ImportRosterCommand.RunAsync(
            parsed.GetValue(Data)!,
            new RosterArguments(
                parsed.GetValue(bundle)!, parsed.GetValue(school)!, parsed.GetValue(dryRun), parsed.GetValue(leavers), parsed.GetValue(share), parsed.GetValue(same) ?? [], parsed.GetValue(fresh) ?? []),
            ct));
        return roster;
    }

    private static Command Schools()
    {
        var list = new Argument<FileInfo>("FILE.csv") { Description = "The DfE's edubasealldata list" };
        var group = new Option<string?>("--trust") { Description = "Name of the trust or federation as the list writes it, or of a trust that is here; without it the groups are listed" };
        var urns = new Option<string[]>("--school") { Description = "URN of a school that stands alone; several with --trust NAME are a cluster" };
        var others = new Option<string[]>("--new") { Description = "URN: this school looks like one that is here and is another; may be repeated" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change and change nothing" };
        var schools = new Command("schools", "Founds a trust and its schools from the DfE's list, and takes over what the list says otherwise of those that are here") { list, group, urns, others, dryRun };
        schools.SetAction((parsed, ct) => ImportSchoolsCommand.RunAsync(
            parsed.GetValue(Data)!, parsed.GetValue(list)!, new SchoolChoice(parsed.GetValue(group), parsed.GetValue(urns) ?? [], parsed.GetValue(others) ?? []), parsed.GetValue(dryRun), ct));
        return schools;
    }

    private static Command Appoint()
    {
        var school = new Option<string?>("--school") { Description = "URN of the school" };
        var trust = new Option<string?>("--trust") { Description = "Name or id of the trust, for its own people" };
        var name = new Option<string?>("--name") { Description = "The person's name; not needed for somebody who is known" };
        var email = new Option<string>("--email") { Description = "Their e-mail address: who has it already is that person", Required = true };
        var role = new Option<string>("--role") { Description = "Such as headteacher, dsl, deputy-dsl, chair-of-governors; trust-administrator for a trust", Required = true };
        var signIn = new Option<string?>("--sign-in") { Description = "ISSUER|SUBJECT: how the sign-in provider names them" };
        var appoint = new Command("appoint", "Gives a school or trust its first people: finds or adds somebody, links their sign-in, assigns a role") { school, trust, name, email, role, signIn };
        appoint.SetAction((parsed, ct) => AppointCommand.RunAsync(
            parsed.GetValue(Data)!,
            new Appointment(parsed.GetValue(school), parsed.GetValue(trust), parsed.GetValue(name), parsed.GetValue(email)!, parsed.GetValue(role)!, parsed.GetValue(signIn)),
            ct));
        return appoint;
    }
}
