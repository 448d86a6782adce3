namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

/// <summary>Inputs with the ids that those of <see cref="MutationCases"/> leave out.</summary>
internal static class IdCases
{
    private static readonly object[] Parties = [new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" }];

    public static IReadOnlyList<(string Mutation, MutationCase Case)> All { get; } =
    [
        ("reportIncident", new(Role.ClassTeacher, null, async s =>
        {
            var date = await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CONCERN"));
            return new
            {
                danger = "NO", what = "Found by the check", happenedAt = s.Now.AddMinutes(-5), onSite = true, people = new[] { new { pupilId = s.Pupil, role = "ALLEGED" } }, devices = new[] { s.Device },
                check = new { pupilId = s.Pupil, date },
            };
        })),
        ("triageIncident", new(Role.Dsl, null, async s => new { incidentId = await s.ReportedAsync(), nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, devices = new[] { s.Device } })),
        ("correctRecord", new(Role.Dsl, null, s => new { incidentId = s.Incident, field = "PUPIL_ADDED", reason = "Was there", pupilId = s.OtherPupil(), role = "WITNESS" })),
        ("debriefIncident", new(Role.Dsl, null, s => new
        {
            incidentId = s.Incident, findings = "The filter had a gap", present = new[] { s.Person(Role.NetworkManager) },
            changes = new[] { new { what = "Close it", owner = s.Person(Role.NetworkManager), dueOn = s.Today.AddDays(7) } },
        })),
        ("registerDevice", new(Role.ClassTeacher, null, s => new { ownership = "PERSONAL", kind = "TABLET", label = "Hers", holder = new { pupilId = s.Pupil } })),
        ("registerDevice", new(Role.ClassTeacher, null, s => new { ownership = "PERSONAL", kind = "TABLET", label = "Theirs", holder = new { personId = s.Person(Role.SupportStaff) } })),
        ("correctDevice", new(Role.NetworkManager, null, s => new { deviceId = s.Device, reason = "Mixed up", holder = new { holder = new { pupilId = s.OtherPupil() } } })),
        ("correctDevice", new(Role.NetworkManager, null, s => new { deviceId = s.Device, reason = "Mixed up", holder = new { holder = new { personId = s.Person(Role.SupportStaff) } } })),
        ("lendDevice", new(Role.NetworkManager, null, async s => new { deviceId = await s.SchoolDeviceAsync(), borrower = new { personId = s.Person(Role.SupportStaff) }, dueBack = s.Today.AddDays(7) })),
        ("recordDeviceUse", new(Role.ClassTeacher, null, async s => new { deviceId = await s.SchoolDeviceAsync(), user = new { personId = s.Person(Role.SupportStaff) }, from = s.Now.AddHours(-1) })),
        ("takeDevice", new(Role.Dsl, null, async s => new
        {
            deviceId = await FullRecords.EssentialAsync(s), taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = s.Incident, essentialOverride = FullRecords.Replaced(s),
        })),
        ("sealDevice", new(Role.Dsl, null, async s => new
        {
            deviceId = await FullRecords.EssentialAsync(s), place = "Safe", sealNumber = "S1", incidentId = s.Incident, essentialOverride = FullRecords.Replaced(s),
        })),
        ("handOverDevice", new(Role.Dsl, null, async s => new { deviceId = await s.TakenAsync(), toStaff = s.Person(Role.NetworkManager), place = "Their office" })),
        ("returnDevice", new(Role.Headteacher, null, async s =>
        {
            await s.DoAsync(Role.Dsl, "takeDevice", new { deviceId = s.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = s.Incident });
            return new { deviceId = s.Device, to = "HOLDER", strategyOverride = new { decidedBy = s.Person(Role.Headteacher), reason = "Safe with an adult" } };
        })),
        ("recordExamination", new(Role.Dsl, null, async s => new
        {
            deviceId = await s.TakenAsync(), lawfulGround = "Behaviour policy", nothingIsEvidence = true, nudeFound = false, deleted = false, findings = "Nothing", incidentId = s.Incident,
        })),
        ("banTechnology", new(Role.Dsl, null, async s =>
        {
            await FullRecords.EssentialAsync(s);
            return new
            {
                pupilId = s.Pupil, scope = "ALL_DEVICES", until = s.Now.AddDays(3), reason = "Agreed", enforcedBy = "DEVICE", incidentId = s.Incident, essentialOverride = FullRecords.Replaced(s),
            };
        })),
        ("draftStrategy", new(Role.Dsl, null, async s => new
        {
            pupilId = s.Pupil, incidents = new[] { s.Incident }, terms = await TermsAsync(s), interim = await TermsAsync(s), parties = Parties, reviewOn = s.Today.AddDays(20), owner = s.Person(Role.Dsl),
        })),
        ("reviewStrategy", new(Role.Dsl, null, async s => new { strategyId = await s.AgreedAsync(), result = "STEP_UP", terms = await TermsAsync(s), findings = "One device more", nextReviewOn = s.Today.AddDays(30) })),
        ("scheduleChecks", new(Role.Dsl, null, async s =>
        {
            await s.DoAsync(Role.Dsl, "endChecks", new { pupilId = s.Pupil, reason = "To begin anew" });
            return new { pupilId = s.Pupil, by = "15:30:00", lookFor = new[] { "NO_DEVICE_HELD" }, checker = "CLASS_TEACHER", reviewOn = s.Today.AddDays(28), incidentId = s.Incident };
        })),
        ("answerConcern", new(Role.Dsl, null, async s =>
        {
            var date = await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CONCERN"));
            return new { pupilId = s.Pupil, date, incidentId = s.Incident, reason = "It belongs to it" };
        })),
        ("updatePupil", new(Role.Dsl, null, s => new { pupilId = s.Pupil, classTeacher = new { personId = s.Person(Role.PastoralTeam) } })),
    ];

    private static async Task<object> TermsAsync(MutationStage stage) => new { supervision = "SUPERVISED", devices = new[] { await stage.SchoolDeviceAsync() } };
}
