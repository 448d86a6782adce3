using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

internal sealed class WeekGrain(WeekModel model, StreamServices services) : StreamGrain<WeekState>(model, services), IWeeklyUpdateGrain
{
    private SchoolFactsCache? _school;

    public async Task<Result<WeeklyUpdateReply>> SubmitAsync(CommandContext context, SubmitWeeklyUpdate command) =>
        State.Status is not null && await FactsAsync() is { } facts
            ? await HandleAsync(context, command, (s, c) => WeekDecider.Submit(s, facts, command, Open, c), WeekModel.Reply)
            : CheckErrors.NoUpdate;

    public override Task OnDueAsync(DueNotice due) => OwnAsync(SystemContext(Guid.CreateVersion7(Now)), due, WeekDeadlines.OnDue);

    public override Task OnMessageAsync(MessageNotice message)
    {
        var context = SystemContext(message.CorrelationId, message.Id);
        return message.Kind switch
        {
            WeekOccasion.Message => OwnAsync(context, message, (s, f, c) => WeekDecider.Note(s, f, WeekKey.Monday(Key.Stream), StoredJson.Read<WeekOccasion>(message.Body), c)),
            FollowSchool.Changed => OwnAsync(context, message, WeekDeadlines.OnDue),
            _ => base.OnMessageAsync(message),
        };
    }

    private async Task OwnAsync(CommandContext context, object command, Func<WeekState, SchoolFacts, CommandContext, Events> decide)
    {
        var facts = await FactsAsync() ?? throw new InvalidOperationException("A week without its school.");
        await HandleOwnAsync(context, command, (s, c) => decide(s, facts, c));
    }

    private ValueTask<SchoolFacts?> FactsAsync() => (_school ??= new SchoolFactsCache(GrainFactory)).GetAsync(Key.Tenant);
}
