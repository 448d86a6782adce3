using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

/// <param name="By">Who may do it.</param>
/// <param name="Not">Who of the school may not, beside governors; null: everybody of the school may.</param>
/// <param name="Prepare">Brings about what the mutation needs; its input.</param>
internal sealed record MutationCase(Role By, Role? Not, Func<MutationStage, Task<object>> Prepare)
{
    public MutationCase(Role by, Role? not, Func<MutationStage, object> input)
        : this(by, not, s => Task.FromResult(input(s)))
    {
    }
}

/// <summary>One for each mutation of the schema.</summary>
internal static class MutationCases
{
    private static readonly object Terms = new { supervision = "SUPERVISED", notes = "With an adult" };

    private static readonly object Parents = new { kind = "PARENTAL_RESPONSIBILITY" };

    public static IReadOnlyDictionary<string, MutationCase> All { get; } = new Dictionary<string, MutationCase>
    {
        ["reportIncident"] = new(Role.ClassTeacher, null, s => s.Report()),
        ["triageIncident"] = new(Role.Dsl, Role.ClassTeacher, async s => new { incidentId = await s.ReportedAsync(), nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, toDo = new[] { new { step = "tell-pastoral-team", text = "Sit with her at lunch" } } }),
        ["handIncidentToDsl"] = new(Role.NetworkManager, Role.ClassTeacher, async s => new { incidentId = await s.TechnicalAsync() }),
        ["correctRecord"] = new(Role.Dsl, Role.ClassTeacher, s => new { incidentId = s.Incident, field = "WHAT", reason = "A word was wrong", text = "Another word" }),
        ["linkIncidents"] = new(Role.Dsl, Role.ClassTeacher, async s => new { incidentId = s.Incident, other = await s.ReportedAsync() }),
        ["markIncidentSeen"] = new(Role.Dsl, Role.NetworkManager, async s => new { incidentId = await s.ReportedAsync() }),
        ["completeStep"] = new(Role.Dsl, Role.ClassTeacher, async s => new { incidentId = s.Incident, step = await s.StepAsync(await s.WithoutDeviceAsync(), "REMOVE_ALL_DEVICES"), outcome = "None is held", reason = "His mother showed us", pupils = new[] { s.Pupil } }),
        ["waiveStep"] = new(Role.Headteacher, Role.Dsl, async s => new { incidentId = s.Incident, step = await s.StepAsync(s.Incident, "REMOVE_ALL_DEVICES"), reason = "None is held" }),
        ["recordReferral"] = new(Role.ClassTeacher, Role.Governor, s => new { incidentId = s.Incident, agency = "SOCIAL_CARE", reference = "REF1" }),
        ["recordPoliceResponse"] = new(Role.Dsl, Role.ClassTeacher, async s => new { incidentId = await s.WithPoliceAsync(), outcome = "NO_REPLY", advice = "Wait" }),
        ["decideWithoutReply"] = new(Role.Dsl, Role.SeniorLeader, async s =>
        {
            var incidentId = await s.WithPoliceAsync();
            await s.DoAsync(Role.Dsl, "recordPoliceResponse", new { incidentId, outcome = "NO_REPLY" });
            return new { incidentId, decision = "INTERNAL_PROCEDURE", advisedBy = "SOCIAL_CARE", advice = "Go on", reason = "Nobody answered" };
        }),
        ["reviewNude"] = new(Role.Dsl, Role.Headteacher, async s => new
        {
            incidentId = await s.TriagedAsync("nudes-among-under-18s", null, "CONDUCT"), adultInvolved = false, coercion = false, doubtfulCapacity = false, violence = false, sexualActUnder13 = false,
            immediateRisk = false, reason = "Between equals",
        }),
        ["debriefIncident"] = new(Role.Dsl, Role.ClassTeacher, s => new { incidentId = s.Incident, findings = "The filter had a gap" }),
        ["completeChange"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            await s.DoAsync(Role.Dsl, "debriefIncident", new { incidentId = s.Incident, findings = "The filter had a gap", changes = new[] { new { what = "Close it", owner = s.Person(Role.Dsl), dueOn = s.Today.AddDays(7) } } });
            return new { incidentId = s.Incident, change = 1, outcome = "Closed" };
        }),
        ["reviewMonitoring"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            await s.DoAsync(Role.Dsl, "debriefIncident", new { incidentId = s.Incident, findings = "To be watched", monitorUntil = s.Today.AddDays(7) });
            return new { incidentId = s.Incident, findings = "Calm" };
        }),
        ["closeIncident"] = new(Role.Dsl, Role.ClassTeacher, async s => new { incidentId = await s.FinishedAsync(), summary = "All is done" }),
        ["approveClosure"] = new(Role.Headteacher, Role.SeniorLeader, async s =>
        {
            var pack = await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "policies", "wyre-forest.yaml"));
            await s.DoAsync(Role.Headteacher, "adoptPolicy", new { policy = new { yaml = pack + "\nclosing:\n  secondApprover: headteacher\n" } });
            var incidentId = await s.FinishedAsync();
            await s.DoAsync(Role.Dsl, "closeIncident", new { incidentId, summary = "All is done" });
            return new { incidentId, approve = true, reason = "Agreed" };
        }),
        ["reopenIncident"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            var incidentId = await s.FinishedAsync();
            await s.DoAsync(Role.Dsl, "closeIncident", new { incidentId, summary = "All is done" });
            return new { incidentId, reason = "It happened again" };
        }),
        ["registerDevice"] = new(Role.ClassTeacher, Role.Governor, s => new { ownership = "SCHOOL", kind = "TABLET", label = "Tablet 7" }),
        ["correctDevice"] = new(Role.NetworkManager, Role.ClassTeacher, async s => new { deviceId = await s.SchoolDeviceAsync(), reason = "Read off the case", label = new { text = "Tablet 9" } }),
        ["retireDevice"] = new(Role.NetworkManager, Role.ClassTeacher, async s => new { deviceId = await s.SchoolDeviceAsync(), reason = "Broken" }),
        ["reinstateDevice"] = new(Role.NetworkManager, Role.ClassTeacher, async s =>
        {
            var deviceId = await s.SchoolDeviceAsync();
            await s.DoAsync(Role.NetworkManager, "retireDevice", new { deviceId, reason = "Lost" });
            return new { deviceId, reason = "Found again" };
        }),
        // The plan lets the pupil have no device: what the head decides otherwise they record.
        ["lendDevice"] = new(Role.Headteacher, Role.Governor, async s => new { deviceId = await s.SchoolDeviceAsync(), borrower = new { pupilId = s.Pupil }, dueBack = s.Today.AddDays(7) }),
        ["endLoan"] = new(Role.ClassTeacher, Role.Governor, async s =>
        {
            var deviceId = await s.SchoolDeviceAsync();
            await s.DoAsync(Role.Headteacher, "lendDevice", new { deviceId, borrower = new { pupilId = s.Pupil }, dueBack = s.Today.AddDays(7) });
            return new { deviceId };
        }),
        ["recordDeviceUse"] = new(Role.Headteacher, Role.Governor, async s => new { deviceId = await s.SchoolDeviceAsync(), user = new { pupilId = s.Pupil }, from = s.Now.AddHours(-2), to = s.Now.AddHours(-1) }),
        ["takeDevice"] = new(Role.ClassTeacher, Role.Governor, s => new { deviceId = s.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" }),
        ["sealDevice"] = new(Role.Dsl, Role.Governor, async s => new { deviceId = await s.TakenAsync(), place = "Safe", sealNumber = "S1" }),
        ["handOverDevice"] = new(Role.Dsl, Role.ClassTeacher, async s => new { deviceId = await s.TakenAsync(), officer = "An officer", reference = "REF1", place = "Station" }),
        ["returnDevice"] = new(Role.ClassTeacher, Role.Governor, async s => new { deviceId = await s.TakenAsync(), to = "PARENT", note = "Rules gone over again" }),
        ["recordExamination"] = new(Role.NetworkManager, Role.ClassTeacher, async s => new
        {
            deviceId = await s.TakenAsync(), lawfulGround = "Behaviour policy", nothingIsEvidence = true, nudeFound = false, deleted = false, findings = "Nothing",
        }),
        ["answerNudeFound"] = new(Role.Dsl, Role.ClassTeacher, async s => new { deviceId = await s.NudeFoundAsync(), reason = "The picture is of a statue" }),
        ["banTechnology"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, scope = "NETWORK", until = s.Now.AddDays(3), reason = "Agreed", enforcedBy = "ACCOUNT" }),
        ["liftBan"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, banId = s.Ban, liftReason = "Agreed" }),
        ["draftStrategy"] = new(Role.Dsl, Role.ClassTeacher, s => new
        {
            pupilId = s.Pupil, terms = Terms, interim = Terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } }, reviewOn = s.Today.AddDays(20), owner = s.Person(Role.Dsl),
        }),
        ["agreeStrategy"] = new(Role.Dsl, Role.ClassTeacher, s => new { strategyId = s.Strategy, party = new { kind = "SCHOOL" }, answer = "AGREED", form = "PAPER", signedBy = "Somebody" }),
        ["makeSignatureLink"] = new(Role.Dsl, Role.ClassTeacher, async s => new { strategyId = s.Strategy, party = Parents, contact = await s.ContactAsync() }),
        ["withdrawSignatureLink"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            await s.DoAsync(Role.Dsl, "makeSignatureLink", new { strategyId = s.Strategy, party = Parents, contact = await s.ContactAsync() });
            return new { strategyId = s.Strategy, party = Parents };
        }),
        ["verifySignature"] = new(Role.Dsl, Role.ClassTeacher, async s =>
            new { strategyId = s.Strategy, party = Parents, answeredAt = await s.AnsweredByLinkAsync(StrategyAnswer.Refused), theirs = false, findings = "Rang her: it was not hers" }),
        ["reviewStrategy"] = new(Role.Dsl, Role.ClassTeacher, async s => new { strategyId = await s.AgreedAsync(), result = "CONTINUE", findings = "It works", nextReviewOn = s.Today.AddDays(30) }),
        ["decideStrategy"] = new(Role.Headteacher, Role.Dsl, async s =>
        {
            // Nobody answers but the pupil.
            await s.DoAsync(Role.Dsl, "agreeStrategy", new { strategyId = s.Strategy, party = new { kind = "PUPIL" }, answer = "VIEW_GIVEN", form = "PAPER", signedBy = "The pupil", view = "It is strict" });
            await s.MoveToAsync(s.Today.AddDays(12), new(16, 0));
            return new { strategyId = s.Strategy, decision = "IN_FORCE", reason = "The parents could not be reached" };
        }),
        ["endStrategy"] = new(Role.Dsl, Role.ClassTeacher, async s => new { strategyId = await s.AgreedAsync(), endReason = "No longer needed" }),
        ["scheduleChecks"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            await s.DoAsync(Role.Dsl, "endChecks", new { pupilId = s.Pupil, reason = "To begin anew" });
            return new { pupilId = s.Pupil, by = "15:30:00", lookFor = new[] { "NO_DEVICE_HELD" }, checker = "CLASS_TEACHER", reviewOn = s.Today.AddDays(28), lookForNote = "In the bag" };
        }),
        ["changeChecks"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, by = "14:00:00", lookFor = new[] { "ONLY_AGREED_APPS" }, checker = "CLASS_TEACHER", reviewOn = s.Today.AddDays(20), lookForNote = "In the bag" }),
        ["continueChecks"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, nextReviewOn = s.Today.AddDays(40), reason = "Still needed" }),
        ["endChecks"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, reason = "No longer needed" }),
        ["recordDeviceChecks"] = new(Role.ClassTeacher, Role.NetworkManager, async s =>
        {
            await s.CheckDayAsync();
            return s.Checks("CLEAR");
        }),
        ["acknowledgeMissedCheck"] = new(Role.Headteacher, Role.Dsl, async s =>
        {
            var date = await s.CheckDayAsync();
            await s.MoveToAsync(date.AddDays(4), new(10, 0));
            return new { pupilId = s.Pupil, date, reason = "Spoken with the teacher" };
        }),
        ["answerConcern"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            var date = await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CONCERN"));
            return new { pupilId = s.Pupil, date, reason = "Spoken with the pupil" };
        }),
        ["submitWeeklyUpdate"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            var monday = await s.CheckDayAsync();
            monday = Weekdays.MondayOf(monday);
            await s.MoveToAsync(monday.AddDays(5), new(9, 0));
            return new { week = monday, comment = "All well" };
        }),
        ["setCalendar"] = new(Role.Headteacher, Role.ClassTeacher, s => new { terms = new[] { new { name = "Term", start = s.Today.AddDays(-40), end = s.Today.AddDays(160) } } }),
        ["setSafeguardingNumbers"] = new(Role.Headteacher, Role.ClassTeacher, s => new { safeguardingPhone = "01632 960999", outOfHoursPhone = (string?)null }),
        ["addPerson"] = new(Role.Headteacher, Role.ClassTeacher, s => new { name = "A governor", email = $"{Guid.NewGuid():N}@new.example", signIn = new { issuer = "https://sign-in.example", subject = $"{Guid.NewGuid():N}" } }),
        ["decidePolicyQuestion"] = new(Role.Headteacher, Role.ClassTeacher, s => new { questionId = "who-triages", decision = "The DSL alone", reason = "One desk" }),
        ["updatePerson"] = new(Role.Headteacher, Role.ClassTeacher, async s => new { personId = await s.NewPersonAsync(), name = "A governor of ours", email = $"{Guid.NewGuid():N}@new.example" }),
        ["linkSignIn"] = new(Role.Headteacher, Role.SeniorLeader, s => new { personId = s.Person(Role.DeputyDsl), signIn = new { issuer = "https://sign-in.example", subject = $"{Guid.NewGuid():N}" } }),
        ["settleEndedMeasures"] = new(Role.Dsl, Role.ClassTeacher, async s =>
        {
            await s.LeaveAsync();
            return new { pupilId = s.Pupil };
        }),
        ["updatePupil"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, keyWorker = new { personId = s.Person(Role.PastoralTeam) }, offSiteProvider = new { text = "A provider" } }),
        ["adoptPolicy"] = new(Role.Headteacher, Role.ClassTeacher, s => new { policy = new { pack = "clifton-primary" } }),
        ["assignRole"] = new(Role.Headteacher, Role.ClassTeacher, async s => new { personId = await s.NewPersonAsync(), role = "KEY_WORKER" }),
        ["arrangeCover"] = new(Role.Headteacher, Role.ClassTeacher, async s => new { absentId = s.Person(Role.KeyWorker), coverId = await s.NewPersonAsync(), from = s.Today, to = s.Today.AddDays(3) }),
        ["endRole"] = new(Role.Headteacher, Role.ClassTeacher, async s =>
        {
            var personId = await s.NewPersonAsync();
            await s.DoAsync(Role.Headteacher, "assignRole", new { personId, role = "KEY_WORKER" });
            return new { personId, role = "KEY_WORKER" };
        }),
        ["cancelCover"] = new(Role.Headteacher, Role.ClassTeacher, async s =>
        {
            await s.DoAsync(Role.Headteacher, "arrangeCover", new { absentId = s.Person(Role.KeyWorker), coverId = await s.NewPersonAsync(), from = s.Today.AddDays(20), to = s.Today.AddDays(23) });
            return new { absentId = s.Person(Role.KeyWorker), from = s.Today.AddDays(20) };
        }),
        ["recordLeaver"] = new(Role.Headteacher, Role.ClassTeacher, async s => new { personId = await s.NewPersonAsync() }),
        ["setContacts"] = new(Role.Dsl, Role.ClassTeacher, s => new { pupilId = s.Pupil, contacts = new[] { new { name = "A mother", relationship = "mother", parentalResponsibility = true, noContact = false } } }),
        ["endInvitation"] = new(Role.DeputyDsl, Role.Headteacher, async s =>
        {
            await s.DoAsync(Role.Dsl, "inviteTrustLead", new { incidentId = s.Incident, until = s.Now.AddDays(7), reason = "Another pair of eyes" });
            return new { incidentId = s.Incident };
        }),
        // The last: others move the clock beyond its end, and it lets the trust see an incident.
        ["inviteTrustLead"] = new(Role.Dsl, Role.Headteacher, s => new { incidentId = s.Incident, until = s.Now.AddDays(7), reason = "Another pair of eyes" }),
    };
}
