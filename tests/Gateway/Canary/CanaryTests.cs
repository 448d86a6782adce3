using System.Text;
using System.Text.Json;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>Names that occur nowhere else are pushed through every flow and then looked for wherever they must not be.</summary>
public sealed class CanaryTests
{
    private const string Canary = CanaryFiles.Canary;
    private static readonly DateTimeOffset MondayMorning = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_name_is_in_no_log_trace_mail_error_or_database_file(Database database)
    {
        using var witness = new Witness();
        using var server = await MailServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(database, witness.Listen, server.Configuration);
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        await gateway.MoveToAsync(MondayMorning);
        var flow = new Flow(gateway, school, witness);

        await flow.RunAsync();

        Assert.NotEmpty(flow.Answers);
        Assert.Contains(flow.Answers, a => a.Contains(Canary, StringComparison.Ordinal)); // the canary is really in there, for those who may see it
        var mails = await server.MailsAsync();
        Assert.NotEmpty(mails);
        // Mails to the canary's addresses were refused, for now and for good, in words that repeat the address.
        Assert.Contains(witness.Said, s => s.Contains("MailNotTakenException", StringComparison.Ordinal) && s.Contains("SMTP 451", StringComparison.Ordinal));
        Assert.Contains(witness.Said, s => s.Contains("is dead after attempt", StringComparison.Ordinal) && s.Contains("SMTP 554", StringComparison.Ordinal));
        Assert.DoesNotContain(witness.Said, s => s.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(mails, m => (m.Subject + m.Text + m.MessageId).Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(flow.Errors, e => e.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await CanaryFiles.WithItAsync(database, gateway));
    }

    private sealed class Flow(RunningGateway gateway, SchoolUnderTest school, Witness witness)
    {
        private int _number;

        public List<string> Answers { get; } = [];

        public List<string> Errors { get; } = [];

        public async Task RunAsync()
        {
            await AddressesAsync();
            var pupil = await RegisterAsync();
            await SchoolAsync();
            await DoAsync(Role.Dsl, "updatePupil", "pupil { name offSiteProvider }", new { pupilId = pupil, offSiteProvider = new { text = Say() } });
            var device = await DoAsync(Role.NetworkManager, "registerDevice", "device { id }", new { ownership = "PERSONAL", kind = "PHONE", label = Say(), serial = Say(), holder = new { pupilId = pupil } });
            var deviceId = device.GetProperty("device").GetProperty("id").GetString();
            var reported = await DoAsync(Role.ClassTeacher, "reportIncident", "receipt { incidentId reference }", new
            {
                danger = "NO", what = Say(), happenedAt = MondayMorning.AddHours(-1), onSite = true, place = Say(), people = new[] { new { pupilId = pupil, role = "ALLEGED" } },
                devices = new[] { deviceId }, addresses = new[] { new { address = $"https://{Say()}.example/", description = Say() } },
            });
            var incident = (reported.GetProperty("receipt").GetProperty("incidentId").GetString()!);
            var triaged = await DoAsync(Role.Dsl, "triageIncident", "incident { id what steps { number rule { kind } } }", new { incidentId = incident, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" } });
            var parents = triaged.GetProperty("incident").GetProperty("steps").EnumerateArray().First(s => s.GetProperty("rule").GetProperty("kind").GetString() == "CONTACT_PARENTS").GetProperty("number").GetInt32();
            await DoAsync(Role.Dsl, "completeStep", "step { status }", new { incidentId = incident, step = parents, parents = new { ending = "MADE", who = Say(), how = "TELEPHONE", said = Say() } });
            await DoAsync(Role.Dsl, "recordReferral", "referral { incidentId }", new { incidentId = incident, agency = "SOCIAL_CARE", reference = Say(), handler = Say(), response = Say() });
            await DoAsync(Role.Dsl, "takeDevice", "device { custody }", new { deviceId, taking = "REMOVE", place = Say(), lawfulGround = Say(), incidentId = incident, noneLeft = true });
            var (banned, agreed) = (Say(), Say());
            await DoAsync(Role.Dsl, "banTechnology", "ban { id }", new { pupilId = pupil, scope = "SERVICE", service = banned, until = MondayMorning.AddDays(3), reason = Say(), incidentId = incident, enforcedBy = "ACCOUNT" });
            await DoAsync(Role.Dsl, "draftStrategy", "strategy { id }", new
            {
                pupilId = pupil, incidents = new[] { incident }, terms = new { supervision = "SUPERVISED", services = new[] { Say() }, notes = Say() }, interim = new { supervision = "SUPERVISED", services = new[] { banned, agreed }, notes = Say() },
                parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } }, agenciesLeftOut = new[] { new { agency = "SOCIAL_CARE", reason = Say() } }, reviewOn = "2026-12-07", owner = Global("Person", school.People[Role.Dsl].Value),
            });
            await AskAsync($"{{ banned: technologyAccess(pupilId: \"{pupil}\", use: \"service:{banned}\") {{ decision }} agreed: technologyAccess(pupilId: \"{pupil}\", use: \"service:{agreed}\") {{ decision }} }}", Role.Dsl);
            Assert.Equal("""{"banned":{"decision":"DENY"},"agreed":{"decision":"ALLOW_SUPERVISED"}}""", JsonDocument.Parse(Answers[^1]).RootElement.GetProperty("data").GetRawText());
            await DoAsync(Role.Dsl, "scheduleChecks", "schedule { status }", new { pupilId = pupil, by = "15:30", lookFor = new[] { "NO_DEVICE_HELD" }, lookForNote = Say(), checker = "CLASS_TEACHER", incidentId = incident, reviewOn = "2026-12-07" });
            await DoAsync(Role.ClassTeacher, "recordDeviceChecks", "outcomes { __typename }", new { checks = new[] { new { pupilId = pupil, result = "CONCERN", note = Say(), noneHeld = false } } });
            await DoAsync(Role.Dsl, "answerConcern", "check { status }", new { pupilId = pupil, date = "2026-11-23", reason = Say() });
            await DoAsync(Role.Dsl, "correctRecord", "incident { what }", new { incidentId = incident, field = "WHAT", reason = "A word was wrong.", text = Say() });
            await gateway.MoveToAsync(MondayMorning.AddDays(12));
            await RefusalsAsync(pupil, incident);
            await ReadAsync(pupil, incident);
            await LaterAsync(pupil, incident, deviceId!);
        }

        /// <summary>Reviews, the agreed strategy, the device's way to the police, the illegal path and that of nudes.</summary>
        private async Task LaterAsync(string pupil, string incident, string deviceId)
        {
            await DoAsync(Role.Dsl, "submitWeeklyUpdate", "update { status }", new { week = "2026-11-23", comment = Say() });
            await DoAsync(Role.Headteacher, "acknowledgeMissedCheck", "check { status }", new { pupilId = pupil, date = "2026-11-24", reason = Say() });
            foreach (var kind in new[] { "PUPIL", "SCHOOL", "PARENTAL_RESPONSIBILITY" })
            {
                await DoAsync(Role.Dsl, "agreeStrategy", "strategy { id }", new
                {
                    strategyId = StrategyOf(pupil), party = new { kind }, answer = "AGREED", form = "WITNESSED", signedBy = Say(), representedBy = Say(), witness = Say(), view = Say(),
                });
            }

            await DoAsync(Role.NetworkManager, "recordExamination", "device { custody }", new { deviceId, lawfulGround = Say(), nothingIsEvidence = true, nudeFound = false, deleted = false, findings = Say() });
            var seal = Say();
            await DoAsync(Role.Dsl, "sealDevice", "device { custody }", new { deviceId, place = Say(), sealNumber = seal });
            await DoAsync(Role.Dsl, "handOverDevice", "device { custody }", new { deviceId, officer = Say(), reference = Say(), place = Say(), sealNumber = seal });
            await DoAsync(Role.Dsl, "debriefIncident", "incident { id }", new
            {
                incidentId = incident, findings = Say(), changes = new[] { new { what = Say(), owner = Global("Person", school.People[Role.Dsl].Value), dueOn = "2026-12-14" } },
            });

            var illegal = await TriagedAsync("illegal-material", "KNOWING", "CONTENT");
            await DoAsync(Role.Dsl, "recordReferral", "referral { incidentId }", new { incidentId = illegal, agency = "POLICE", reference = Say() });
            await DoAsync(Role.Dsl, "recordPoliceResponse", "incident { id }", new { incidentId = illegal, outcome = "NO_REPLY" });
            foreach (var role in new[] { Role.Dsl, Role.Headteacher })
            {
                await DoAsync(role, "decideWithoutReply", "incident { id }", new { incidentId = illegal, decision = "INTERNAL_PROCEDURE", advisedBy = "SOCIAL_CARE", advice = Say(), reason = Say() });
            }

            var nude = await TriagedAsync("nudes-among-under-18s", null, "CONDUCT");
            await DoAsync(Role.Dsl, "reviewNude", "incident { id }", new
            {
                incidentId = nude, adultInvolved = false, coercion = false, doubtfulCapacity = false, violence = false, sexualActUnder13 = false, immediateRisk = false, reason = Say(),
            });
            await AskAsync($"{{ pupil(id: \"{pupil}\") {{ checkHistory {{ nodes {{ note missedReason }} }} strategy {{ agreement {{ signatures {{ signedBy witness }} }} }} }} weeklyUpdate(week: \"2026-11-23\") {{ comment }} }}", Role.Dsl);
            Assert.Contains(Canary, Answers[^1], StringComparison.Ordinal);
        }

        private async Task<string> TriagedAsync(string nature, string? awareness, string fourC)
        {
            var reported = await DoAsync(Role.ClassTeacher, "reportIncident", "receipt { incidentId }", new { danger = "NO", what = Say(), happenedAt = MondayMorning, onSite = true, place = Say() });
            var incidentId = reported.GetProperty("receipt").GetProperty("incidentId").GetString()!;
            await DoAsync(Role.Dsl, "triageIncident", "incident { id }", new { incidentId, nature, awareness, fourCs = new[] { fourC } });
            return incidentId;
        }

        private static string StrategyOf(string pupil) => Global("Strategy", Guid.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(pupil)).Split(':')[1]));

        private async Task<string> RegisterAsync()
        {
            var id = new PupilId(Guid.CreateVersion7());
            var grain = gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, id).ToString());
            await TwoSchools.Done(grain.RegisterAsync(TwoSchools.System(school.Id), new RegisterPupil(
                Say(), new(2013, 2, 3), "B801200005001", "8", Say(), Phase.Special, true, school.People[Role.KeyWorker], school.People[Role.ClassTeacher], Say(), Say())));
            await TwoSchools.Done(grain.UpdateAsync(TwoSchools.System(school.Id), new UpdatePupil(ClassName: new Change<string>(Say()), SourceId: new Change<string>(Say()))));
            await TwoSchools.Done(grain.SetContactsAsync(TwoSchools.System(school.Id), new SetContacts([new(Guid.NewGuid(), Say(), "mother", true, Say(), false, "01562 000001", $"{Say()}@mail.example")])));
            return Global("Pupil", id.Value);
        }

        private async Task AddressesAsync()
        {
            foreach (var (role, answer) in new[] { (Role.Dsl, "busy"), (Role.NetworkManager, "rcpt554") })
            {
                await DoAsync(Role.Headteacher, "updatePerson", "person { name }", new { personId = Global("Person", school.People[role].Value), email = $"{answer}-{Say()}@mail.example" });
            }
        }

        private async Task SchoolAsync()
        {
            await TwoSchools.Done(gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString()).AddPersonAsync(
                TwoSchools.System(school.Id), new AddPerson(Say(), $"{Say()}@mail.example", CanaryFiles.SignIn, Say())));
            var added = await DoAsync(Role.Headteacher, "addPerson", "person { id name }", new { name = Say(), email = $"{Say()}@mail.example" });
            var personId = added.GetProperty("person").GetProperty("id").GetString();
            await DoAsync(Role.Headteacher, "linkSignIn", "person { name hasSignIn }", new { personId, signIn = new { issuer = "https://sign-in.example", subject = Say() } });
            var set = await DoAsync(Role.Headteacher, "setCalendar", "school { calendar { closures { reason } } }", new
            {
                terms = new[] { new { name = "Autumn", start = "2026-09-02", end = "2026-12-18" } }, closures = new[] { new { from = "2026-12-17", to = "2026-12-17", reason = Say() } },
            });
            Assert.Contains(Canary, set.ToString(), StringComparison.Ordinal);
        }

        /// <summary>Input that is refused: errors must not repeat it. (An id that is none comes back to whoever sent it; ids are not personal.)</summary>
        private async Task RefusalsAsync(string pupil, string incident)
        {
            await SendAsync(Role.ClassTeacher, "triageIncident", "incident { id }", new { incidentId = incident, nature = Say(), reason = Say() });
            await SendAsync(Role.Dsl, "triageIncident", "incident { id }", new { incidentId = incident, nature = Say(), awareness = "KNOWING" });
            await SendAsync(Role.Headteacher, "addPerson", "person { id }", new { name = Say(), email = Say(), signIn = new { issuer = Say(), subject = Say() } });
            await SendAsync(Role.Dsl, "setSafeguardingNumbers", "school { id }", new { safeguardingPhone = Say() });
            await SendAsync(Role.Dsl, "adoptPolicy", "school { id }", new { policy = new { yaml = $"{Say()}: [unclosed" } });
            await SendAsync(Role.Dsl, "closeIncident", "incident { id }", new { incidentId = incident, summary = Say() });
            await AskAsync($"{{ school(urn: \"{Say()}\") {{ name }} }}", Role.Dsl);
            await AskAsync($"{{ technologyAccess(pupilId: \"{pupil}\", use: \"{Say()}\") {{ decision }} }}", Role.Dsl);
        }

        private async Task ReadAsync(string pupil, string incident)
        {
            await AskAsync($"{{ pupil(id: \"{pupil}\") {{ name }} incident(id: \"{incident}\") {{ what place }} chronology(pupilId: \"{pupil}\") {{ nodes {{ happenedAt }} }} }}", Role.Dsl);
            await AskAsync($"{{ pupils(filter: {{ search: \"{Canary}\" }}) {{ nodes {{ name }} }} tasks {{ nodes {{ title kind }} }} checksDue {{ status note }} }}", Role.ClassTeacher);
            foreach (var role in new[] { Role.Dsl, Role.ClassTeacher })
            {
                await AskAsync($"{{ pupil(id: \"{pupil}\") {{ className bans {{ service }} strategy {{ inForce {{ services }} }} }} school(urn: \"{school.Urn}\") {{ calendar {{ closures {{ reason }} }} }} }}", role);
                Assert.Equal(6, Answers[^1].Split(Canary).Length); // class, service, two services, reason
            }

            await AskAsync("{ tasks { nodes { title kind } } incidents { nodes { what } } devices { nodes { label } } }", Role.Dsl);
        }

        /// <summary>What is refused proves nothing of what is stored.</summary>
        private async Task<JsonElement> DoAsync(Role role, string mutation, string selection, object input)
        {
            var done = await SendAsync(role, mutation, selection, input);
            Assert.True(done.GetProperty("problems").GetArrayLength() == 0, $"{mutation}: {done}");
            return done;
        }

        private async Task<JsonElement> SendAsync(Role role, string mutation, string selection, object input)
        {
            var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
            var answer = await gateway.QueryAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} problems: errors {{ code message path }} }} }}", new { input }, school.TokenOf(role));
            Keep(answer);
            await gateway.SettleAsync();
            return answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data.GetProperty(mutation) : throw new InvalidOperationException($"{mutation}: {answer} {witness.Said.LastOrDefault(l => l.Contains("A field failed", StringComparison.Ordinal))}");
        }

        private async Task AskAsync(string query, Role role) => Keep(await gateway.QueryAsync(query, null, school.TokenOf(role)));

        private void Keep(JsonElement answer)
        {
            Answers.Add(answer.ToString());
            if (answer.TryGetProperty("errors", out var errors))
            {
                Errors.Add(errors.ToString());
            }

            if (answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
            {
                Errors.AddRange(data.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object && p.Value.TryGetProperty("problems", out _)).Select(p => p.Value.GetProperty("problems").ToString()));
            }
        }

        private string Say() => $"{Canary}{++_number}";

        private static string Global(string type, Guid id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{id:D}"));
    }
}
