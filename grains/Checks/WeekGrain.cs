using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

internal sealed class WeekGrain(WeekModel model, StreamServices services, IGrainFactory grains) : StreamGrain<WeekState>(model, services), IWeeklyUpdateGrain
{
    private SchoolFactsCache School { get; } = new(grains);

    public async Task<Result<WeeklyUpdateReply>> SubmitAsync(CommandContext context, SubmitWeeklyUpdate command) =>
        State.Status is not null && await School.GetAsync(Key.Tenant) is not null
            ? await HandleAsync(context, command, (s, c) => WeekDecider.Submit(s, School.Known, command, Open, c), WeekModel.Reply, School)
            : CheckErrors.NoUpdate;

    public override Task OnDueAsync(DueNotice due) => OwnAsync(SystemContext(Guid.CreateVersion7(Now)), due, WeekDeadlines.OnDue);

    public override Task OnMessageAsync(MessageNotice message)
    {
        var context = SystemContext(message.CorrelationId, message.Id);
        return message.Kind switch
        {
            WeekOccasion.Message => OwnAsync(context, message, (s, f, c) => WeekDecider.Note(s, f, WeekKey.Monday(Key.Stream), StoredJson.Read<WeekOccasion>(message.Body), c)),
            SchoolChanged.Message => SchoolChangedAsync(context, message),
            _ => base.OnMessageAsync(message),
        };
    }

    private async Task SchoolChangedAsync(CommandContext context, MessageNotice message)
    {
        await School.ReachAsync(Key.Tenant, message);
        await OwnAsync(context, message, WeekDeadlines.OnDue);
    }

    private async Task OwnAsync(CommandContext context, object command, Func<WeekState, SchoolFacts, CommandContext, Events> decide)
    {
        _ = await School.GetAsync(Key.Tenant) ?? throw new InvalidOperationException("A week without its school.");
        await HandleOwnAsync(context, command, (s, c) => decide(s, School.Known, c), School);
    }
}
