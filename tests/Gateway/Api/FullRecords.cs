using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Records in which every field that can be filled is: what nobody has filled, nobody can be seen to see.</summary>
internal static class FullRecords
{
    /// <summary>Of mutations whose cases leave something of their answer empty.</summary>
    public static IReadOnlyList<(string Mutation, MutationCase Case)> Answers { get; } =
    [
        ("completeStep", new(Role.Dsl, null, async s =>
        {
            var incidentId = await s.TriagedAsync("inappropriate-material", "UNKNOWING", "CONTENT");
            return new { incidentId, step = await s.StepAsync(incidentId, "CONSIDER_BAN"), answer = false, reason = "No need" };
        })),
        ("completeStep", new(Role.Dsl, null, async s =>
        {
            var step = await s.StepAsync(await s.WithoutDeviceAsync(), "REMOVE_ALL_DEVICES");
            return new { incidentId = s.Incident, step, outcome = "None is held", reason = "His mother showed us", pupils = new[] { s.Pupil } };
        })),
        ("recordDeviceChecks", new(Role.ClassTeacher, null, async s =>
        {
            await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CLEAR"));
            return s.Checks("CONCERN");
        })),
        // Another concern of the day: what became of the first stays with it.
        ("recordDeviceChecks", new(Role.Dsl, null, async s =>
        {
            var date = await s.CheckDayAsync();
            await s.DoAsync(Role.ClassTeacher, "recordDeviceChecks", s.Checks("CONCERN"));
            await s.DoAsync(Role.Dsl, "answerConcern", new { pupilId = s.Pupil, date, incidentId = s.Incident, reason = "It belongs to it" });
            return s.Checks("CONCERN", "Seen again");
        })),
    ];

    public static async Task FillAsync(ApiWorld world)
    {
        Func<MutationStage, Task>[] all = [PupilAsync, BansAsync, CustodyAsync, StrategyAsync, LinkAsync, ByLinkAsync, ProviderAsync, ChecksAsync, IncidentAsync, GuardedAsync, ParentsAsync, WordsAsync, PeopleAsync];
        foreach (var fill in all)
        {
            await fill(await MutationStage.SetAsync(world));
        }

        await WaitingAsync(await MutationStage.SetAsync(world));
        await SchoolAsync(world, await MutationStage.SetAsync(world));
    }

    /// <summary>What time or the next step ends: after those that move the clock far.</summary>
    private static async Task WaitingAsync(MutationStage stage)
    {
        await MutationCases.All["answerNudeFound"].Prepare(stage);
        var incidentId = await stage.TriagedAsync("inappropriate-material", "UNKNOWING", "CONTENT");
        await stage.DoAsync(Role.Dsl, "inviteTrustLead", new { incidentId, until = stage.Now.AddDays(14), reason = "Another pair of eyes" });
    }

    private static async Task PupilAsync(MutationStage stage)
    {
        var pupil = stage.Grain<IPupilGrain>(PupilKey.Of(stage.Records.School.Id, new PupilId(stage.Records.Keys["Pupil"])).ToString());
        await TwoSchools.Done(pupil.UpdateAsync(stage.As(Role.Dsl), new UpdatePupil(Upn: new("B801200005001"))));
        await stage.ContactAsync();
        await TwoSchools.Done(pupil.RecordLeftAsync(stage.As(Role.Dsl), new RecordPupilLeft(stage.Today)));
    }

    private static async Task BansAsync(MutationStage stage)
    {
        await EssentialAsync(stage);
        await stage.DoAsync(Role.Dsl, "banTechnology", new { pupilId = stage.Pupil, scope = "SERVICE", service = "chat", until = stage.Now.AddDays(3), reason = "Agreed", enforcedBy = "ACCOUNT" });
        await stage.DoAsync(Role.Dsl, "banTechnology", new { pupilId = stage.Pupil, scope = "ALL_DEVICES", until = stage.Now.AddDays(3), reason = "Agreed", enforcedBy = "DEVICE", essentialOverride = Replaced(stage) });
    }

    private static async Task CustodyAsync(MutationStage stage)
    {
        var deviceId = await EssentialAsync(stage);
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = stage.Incident, essentialOverride = Replaced(stage) });
        await stage.DoAsync(Role.Headteacher, "returnDevice", new { deviceId, to = "HOLDER", note = "Rules gone over again", strategyOverride = new { decidedBy = stage.Person(Role.Headteacher), reason = "Safe with an adult" } });
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = stage.Incident });
        await stage.DoAsync(Role.Dsl, "correctDevice", new
        {
            deviceId = await stage.SchoolDeviceAsync(), reason = "It was given away", label = new { text = "Her tablet" }, kind = "LAPTOP", serial = new { text = $"SN-{stage.Pupil}" },
            holder = new { holder = new { pupilId = stage.Pupil } }, ownership = "PERSONAL", essential = "ACCESS",
        });
        await stage.DoAsync(Role.NetworkManager, "lendDevice", new { deviceId = await stage.SchoolDeviceAsync(), borrower = new { personId = stage.Person(Role.SupportStaff) }, dueBack = stage.Today.AddDays(7) });
    }

    private static async Task StrategyAsync(MutationStage stage)
    {
        foreach (var agency in (string[])["SOCIAL_CARE", "POLICE"])
        {
            await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId = stage.Incident, agency, reference = "REF1" });
        }

        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = "To be drafted anew" });
        var contact = await stage.ContactAsync();
        var terms = new
        {
            supervision = "SUPERVISED", devices = new[] { await stage.SchoolDeviceAsync() }, services = new[] { "Reading app" }, checksBy = "15:30:00", notes = "With an adult",
            times = new[] { new { days = new[] { "MONDAY" }, from = "10:00:00", to = "11:00:00" } },
        };
        object[] parties = [new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY", contact }, new { kind = "AGENCY", agency = "SOCIAL_CARE" }];
        for (var draft = 1; draft <= 2; draft++)
        {
            await stage.DoAsync(Role.Dsl, "draftStrategy", new
            {
                pupilId = stage.Pupil, incidents = new[] { stage.Incident }, terms, interim = terms, parties, agenciesLeftOut = new[] { new { agency = "POLICE", reason = "No further action" } },
                reviewOn = stage.Today.AddDays(20), owner = stage.Person(Role.SeniorLeader),
            });
            await stage.DoAsync(Role.Dsl, "agreeStrategy", new
            {
                strategyId = stage.Strategy, party = new { kind = "PUPIL" }, answer = "VIEW_GIVEN", form = "WITNESSED", signedBy = "The pupil", representedBy = "Somebody else", witness = "A witness", view = "It helps",
            });
        }

        foreach (var party in parties)
        {
            await stage.DoAsync(Role.Dsl, "agreeStrategy", new { strategyId = stage.Strategy, party, answer = "AGREED", form = "WITNESSED", signedBy = "Somebody", representedBy = "Somebody else", witness = "A witness", view = "It helps" });
        }

        await stage.DoAsync(Role.SeniorLeader, "reviewStrategy", new { strategyId = stage.Strategy, result = "CONTINUE", findings = "It works", nextReviewOn = stage.Today.AddDays(30) });
    }

    /// <summary>A party has a link.</summary>
    private static async Task LinkAsync(MutationStage stage) => await stage.DoAsync(Role.Dsl, "makeSignatureLink", await MutationCases.All["makeSignatureLink"].Prepare(stage));

    /// <summary>A party has refused by link, which was not theirs, and answered by another one, which was.</summary>
    private static async Task ByLinkAsync(MutationStage stage)
    {
        foreach (var theirs in (bool[])[false, true])
        {
            var answeredAt = await stage.AnsweredByLinkAsync(StrategyAnswer.Refused);
            await stage.DoAsync(Role.Dsl, "verifySignature", new { strategyId = stage.Strategy, party = new { kind = "PARENTAL_RESPONSIBILITY" }, answeredAt, theirs, findings = "Rang her on the number that we have" });
        }
    }

    private static async Task ProviderAsync(MutationStage stage)
    {
        await stage.DoAsync(Role.Dsl, "updatePupil", new { pupilId = stage.Pupil, offSiteProvider = new { text = "A provider" } });
        await stage.DoAsync(Role.Dsl, "changeChecks", new
        {
            pupilId = stage.Pupil, by = "14:00:00", lookFor = new[] { "ONLY_AGREED_APPS" }, checker = "OFF_SITE_PROVIDER", provider = new { name = "A provider", contact = "Ring the office" },
            reviewOn = stage.Today.AddDays(20), lookForNote = "In the bag",
        });
        await stage.CheckDayAsync();
        await stage.DoAsync(Role.Dsl, "recordDeviceChecks", stage.Checks("CLEAR"));
    }

    private static async Task ChecksAsync(MutationStage stage)
    {
        var date = await stage.CheckDayAsync();
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CLEAR"));
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CONCERN"));
        await stage.DoAsync(Role.Dsl, "answerConcern", new { pupilId = stage.Pupil, date, incidentId = stage.Incident, reason = "It belongs to it" });
        // Another concern of the day: what became of the first stays with it.
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CONCERN", "Seen again"));
        await stage.DoAsync(Role.Dsl, "answerConcern", new { pupilId = stage.Pupil, date, incidentId = stage.Incident, reason = "It belongs to it as well" });
        await stage.DoAsync(Role.Dsl, "continueChecks", new { pupilId = stage.Pupil, nextReviewOn = stage.Today.AddDays(40), reason = "Still needed" });
    }

    private static async Task IncidentAsync(MutationStage stage)
    {
        var incidentId = (await stage.DoAsync(Role.ClassTeacher, "reportIncident", new
        {
            danger = "NO", what = "Seen on a tablet", happenedAt = stage.Now.AddMinutes(-5), onSite = false, place = "Bus", people = new[] { new { pupilId = stage.Pupil, role = "AFFECTED" } },
            devices = new[] { stage.Device }, addresses = new[] { new { address = "https://example.org/a", description = "A page" } },
        }, "receipt { incidentId }")).GetProperty("receipt").GetProperty("incidentId").GetString()!;
        await stage.DoAsync(Role.Dsl, "triageIncident", new
        {
            incidentId, nature = "sharing-information", fourCs = new[] { "CONDUCT" }, serious = true, reason = "The table has no row",
            steps = new[] { new { kind = "CUSTOM", owner = "DSL", toDo = "Talk it over", note = "With both", deadline = "5 school days" }, new { kind = "CONTACT_PARENTS", owner = "PASTORAL_TEAM", toDo = "Ring", note = "Today", deadline = "5 school days" } },
        });
        var step = await stage.StepAsync(incidentId, "CUSTOM");
        await stage.DoAsync(Role.Dsl, "completeStep", new { incidentId, step, outcome = "Done" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "STEP_OUTCOME", reason = "A word was wrong", number = step, text = "Another word" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_ADDED", reason = "Was there", pupilId = stage.OtherPupil(), role = "WITNESS" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "ADDRESS", number = 1, reason = "A typo", text = "https://example.org/b", description = "Another page" });
        await stage.DoAsync(Role.Dsl, "linkIncidents", new { incidentId, otherSchoolReference = "K7QF-2M9X" });
        await stage.DoAsync(Role.Dsl, "recordReferral", new
        {
            incidentId, agency = "OTHER", agencyName = "A charity", reference = "REF1", handler = "A handler", response = "They look at it", chaseOn = stage.Today.AddDays(3), parentsMayBeTold = true,
        });
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId, agency = "OTHER", agencyName = "A charity", referral = 1, outcome = "Nothing more" });
        await stage.DoAsync(Role.Dsl, "debriefIncident", new
        {
            incidentId, findings = "The filter had a gap", present = new[] { stage.Person(Role.NetworkManager) }, policyFellShort = true, policyReason = "It says nothing of this",
            changes = new[] { new { what = "Close it", owner = stage.Person(Role.NetworkManager), dueOn = stage.Today.AddDays(7) } }, monitorUntil = stage.Today.AddDays(7),
        });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "DEBRIEF", reason = "Read again", text = "The filter had two gaps", description = "It says little of this" });
    }

    /// <summary>What is recorded for one of two pupils, and what only remarks and originals hold.</summary>
    private static async Task WordsAsync(MutationStage stage)
    {
        await stage.DoAsync(Role.NetworkManager, "handIncidentToDsl", new { incidentId = await stage.TechnicalAsync() });
        var closed = await stage.FinishedAsync();
        await stage.DoAsync(Role.Dsl, "closeIncident", new { incidentId = closed, summary = "Dealt with" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId = closed, field = "CLOSURE", reason = "A word was wrong", text = "Dealt with for now" });
        await stage.DoAsync(Role.Headteacher, "reopenIncident", new { incidentId = closed, reason = "It goes on" });

        var incidentId = stage.Incident;
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_ADDED", reason = "Was there", pupilId = stage.OtherPupil(), role = "AFFECTED" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PUPIL_PART", reason = "Mixed up", pupilId = stage.OtherPupil(), role = "ALLEGED" });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "HAPPENED_AT", reason = "Earlier", at = stage.Now.AddDays(-1) });
        await stage.DoAsync(Role.Dsl, "completeStep", new { incidentId, step = await stage.StepAsync(incidentId, "SUPPORT_PUPIL"), pupils = new[] { stage.Pupil }, outcome = "Seen each day", reason = "As agreed" });
        var step = await stage.StepAsync(incidentId, "CONTACT_PARENTS");
        await stage.DoAsync(Role.Dsl, "completeStep", new
        {
            incidentId, step, pupils = new[] { stage.OtherPupil() }, doneAt = stage.Now, parents = new { ending = "MADE", who = "A father", how = "TELEPHONE", said = "Told" },
        });
        await stage.DoAsync(Role.Dsl, "correctRecord", new { incidentId, field = "PARENTS_CONTACT", reason = "Mixed up", number = step, contact = new { number = 1, who = "An uncle" } });
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId, agency = "SOCIAL_CARE", reference = "REF1" });
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId, agency = "SOCIAL_CARE", referral = 1, response = "They will visit", outcome = "Visited" });
        await stage.DoAsync(Role.Dsl, "debriefIncident", new { incidentId, findings = "A gap", present = Array.Empty<string>(), changes = Array.Empty<object>(), monitorUntil = stage.Today.AddDays(7), policyFellShort = false });
        await stage.DoAsync(Role.Dsl, "reviewMonitoring", new { incidentId, findings = "Still tense", extendTo = stage.Today.AddDays(14) });
    }

    private static async Task GuardedAsync(MutationStage stage)
    {
        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId = stage.Incident, nature = "illegal-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, reason = "It was worse" });
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId = stage.Incident, agency = "POLICE", reference = "REF1" });
        foreach (var (incidentId, agreed) in new[] { (stage.Incident, true), (await stage.WithPoliceAsync(), false) })
        {
            await stage.DoAsync(Role.Dsl, "recordPoliceResponse", new { incidentId, outcome = "NO_REPLY", advice = "Wait", parentsMayBeTold = false });
            var decision = new { incidentId, decision = "KEEP_WAITING", advisedBy = "SOCIAL_CARE", advice = "Wait", reason = "Nobody answered", chaseOn = stage.Today.AddDays(3) };
            await stage.DoAsync(Role.Dsl, "decideWithoutReply", decision);
            if (agreed)
            {
                await stage.DoAsync(Role.Headteacher, "decideWithoutReply", decision);
            }
        }

        await LeftAsync(stage, await stage.WithPoliceAsync());
    }

    /// <summary>Head and DSL decide beyond a no of the police, and the path is left.</summary>
    private static async Task LeftAsync(MutationStage stage, string incidentId)
    {
        await stage.DoAsync(Role.Dsl, "recordPoliceResponse", new { incidentId, outcome = "NO_REPLY", advice = "Wait", parentsMayBeTold = false });
        foreach (var role in new[] { Role.Dsl, Role.Headteacher })
        {
            await stage.DoAsync(role, "decideWithoutReply", new { incidentId, decision = "INTERNAL_PROCEDURE", advisedBy = "SOCIAL_CARE", advice = "Go on", reason = "Nobody answered", releaseDevices = true });
        }

        await stage.DoAsync(Role.Dsl, "triageIncident", new { incidentId, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, reason = "It is not illegal" });
    }

    private static async Task ParentsAsync(MutationStage stage)
    {
        var contactId = await stage.ContactAsync();
        await stage.DoAsync(Role.Dsl, "recordReferral", new { incidentId = stage.Incident, agency = "POLICE", reference = "REF1" });
        await stage.DoAsync(Role.Dsl, "completeStep", new
        {
            incidentId = stage.Incident, step = await stage.StepAsync(stage.Incident, "CONTACT_PARENTS"),
            parents = new { ending = "HELD_ON_AGENCY_ADVICE", contactId, how = "TELEPHONE", said = "Nothing", reason = "They asked to wait", advisedBy = "POLICE", reviewOn = stage.Today.AddDays(3) },
        });
    }

    private static async Task PeopleAsync(MutationStage stage)
    {
        await stage.DoAsync(Role.Headteacher, "assignRole", new { personId = stage.Person(Role.SupportStaff), role = "KEY_WORKER", to = stage.Today.AddDays(3) });
        await stage.DoAsync(Role.Headteacher, "recordLeaver", new { personId = await stage.NewPersonAsync() });
    }

    /// <summary>Last: every stage sets the calendar and the policy anew.</summary>
    private static async Task SchoolAsync(ApiWorld world, MutationStage stage)
    {
        var school = stage.Grain<ISchoolGrain>(SchoolKey.Of(stage.Records.School.Id).ToString());
        await TwoSchools.Done(school.RecordRollAsync(TwoSchools.System(stage.Records.School.Id), new RecordRoll([new YearRoll("7", 30)], "school-1")));
        await stage.DoAsync(Role.Headteacher, "setSafeguardingNumbers", new { safeguardingPhone = "01632 960999", outOfHoursPhone = "01632 960998" });
        var today = stage.Today.AddDays(-(((int)stage.Today.DayOfWeek + 6) % 7)); // its Monday
        await stage.DoAsync(Role.Headteacher, "setCalendar", new
        {
            terms = new[] { new { name = "Term", start = today.AddDays(-40), end = today.AddDays(160), halfTermStart = today.AddDays(63), halfTermEnd = today.AddDays(67) } },
            insetDays = new[] { today.AddDays(84) }, closures = new[] { new { from = today.AddDays(91), to = today.AddDays(92), reason = "A burst pipe" } },
        });
        // A week whose update nobody has sent yet.
        var day = await stage.CheckDayAsync();
        await stage.MoveToAsync(day.AddDays(6 - (((int)day.DayOfWeek + 6) % 7)), new(9, 0));
        await stage.DoAsync(Role.Headteacher, "adoptPolicy", new { policy = new { pack = "forest-ce-federation" } });
        await world.Gateway.SettleAsync();
    }

    internal static object Replaced(MutationStage stage) => new { decidedBy = stage.Person(Role.Headteacher), replacement = "One of the school's" };

    internal static async Task<string> EssentialAsync(MutationStage stage) => (await stage.DoAsync(
        Role.Dsl, "registerDevice", new { ownership = "PERSONAL", kind = "TABLET", label = "Speaking aid", serial = $"AAC-{stage.Pupil}", holder = new { pupilId = stage.Pupil }, essential = "COMMUNICATION" }, "device { id }"))
        .GetProperty("device").GetProperty("id").GetString()!;
}
