using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>What a client writes into any mutation of the schema, done and refused, is looked for wherever it must not be.</summary>
public sealed class EveryMutationTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Half_of_the_mutations_were_never_sent_with_a_canary(Database database)
    {
        using var witness = new Witness();
        var world = new WitnessedWorld(database, witness);
        await world.InitializeAsync();
        try
        {
            var words = new CanaryWords(await world.Gateway.Http.GetStringAsync("/graphql?sdl"));
            var (errors, without) = (new List<string>(), new List<string>());
            foreach (var (mutation, @case) in MutationCases.All)
            {
                var stage = await MutationStage.SetAsync(world, words.Into);
                var (input, before) = (await @case.Prepare(stage), words.Said);
                // Whoever may not: what they wrote is repeated to nobody.
                errors.Add((await stage.SendAsync(Role.Governor, mutation, input)).ToString());
                errors.Add((await stage.DoAsync(@case.By, mutation, input)).ToString());
                await world.Gateway.SettleAsync();
                if (words.Said == before)
                {
                    without.Add(mutation);
                }
            }

            Assert.True(without.Order(StringComparer.Ordinal).SequenceEqual(TakeNoWords), string.Join(' ', without));
            Assert.DoesNotContain(errors, CanaryFiles.Bears);
            Assert.DoesNotContain(witness.Said, CanaryFiles.Bears);
            Assert.NotEmpty(witness.Mails);
            Assert.DoesNotContain(witness.Mails, m => CanaryFiles.Bears(m.Subject + m.Text + m.MessageId));
            Assert.Empty(await CanaryFiles.WithItAsync(database, world.Gateway));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    /// <summary>Nothing that a case sends them is marked as personal.</summary>
    private static readonly string[] TakeNoWords =
    [
        "adoptPolicy", "arrangeCover", "assignRole", "cancelCover", "endInvitation", "endLoan", "endRole", "handIncidentToDsl", "lendDevice", "linkIncidents", "makeSignatureLink", "markIncidentSeen", "recordDeviceUse", "recordLeaver", "setCalendar", "setSafeguardingNumbers", "settleEndedMeasures", "withdrawSignatureLink",
    ];

    private sealed class WitnessedWorld(Database database, Witness witness) : ApiWorld(database, witness.Attach);
}
