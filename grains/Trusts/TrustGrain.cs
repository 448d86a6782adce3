using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Trusts;

internal sealed class TrustModel : StreamModel<TrustState>
{
    public override string Kind => "trust";

    public override IReadOnlyList<ViewTable> Tables => [TrustTables.Trust, PersonTables.Person];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ITrustGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, TrustState state) =>
        state.Exists ? StaffRows.Of(state.Staff).Prepend(new Row(TrustTables.Trust, key.Tenant.Value.ToString("D"), [], View(key, state))) : [];

    public override IEnumerable<Message> Reactions(StreamKey key, TrustState before, object @event, TrustState after, EventMeta meta) => @event is TrustLeadsTold e
        ? e.Told.Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(NoticeKind.InvitedToIncident, $"/incidents/{e.Incident}", null, null)))
        : [];

    public static TrustView View(StreamKey key, TrustState state) => new(key.Tenant, state.Name, state.Kind, state.Schools);
}

internal sealed class TrustGrain(TrustModel model, StreamServices services, IKeyring keyring) : StreamGrain<TrustState>(model, services), ITrustGrain
{
    public Task<Result<TrustView>> FoundAsync(CommandContext context, FoundTrust command) =>
        HandleAsync(context, command, (s, c) => TrustDecider.Found(s, command, c), s => TrustModel.View(Key, s));

    public Task<Result<PersonView>> AddPersonAsync(CommandContext context, AddPerson command)
    {
        var id = new PersonId(context.NewId("person"));
        var signIn = SignIns.Digest(keyring, Key.Tenant, command.SignIn);
        return HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Add(staff, command, signIn, id, OpenShown, c, day)), s => PersonOf(s, id));
    }

    public Task<Result<PersonView>> LinkSignInAsync(CommandContext context, LinkSignIn command)
    {
        var signIn = SignIns.Digest(keyring, Key.Tenant, command.SignIn);
        return HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Link(staff, command, signIn, c, day)), s => PersonOf(s, command.Person));
    }

    public Task<Result<PersonView>> AssignRoleAsync(CommandContext context, AssignRole command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Assign(staff, command, c, day)), s => PersonOf(s, command.Person));

    public Task<Result<PersonView>> RecordLeaverAsync(CommandContext context, RecordLeaver command) =>
        HandleAsync(context, command, (s, c) => OnStaff(s, c, (staff, day) => StaffDecider.Leave(staff, command, c, day)), s => PersonOf(s, command.Person));

    public override Task OnDueAsync(DueNotice due) => throw new InvalidOperationException($"A trust has no deadline '{due.What}'.");

    public override Task OnMessageAsync(MessageNotice message) => message.Kind switch
    {
        SchoolJoined.Kind => HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, _) => TrustDecider.Join(s, StoredJson.Read<SchoolJoined>(message.Body))),
        LeadInvited.Kind => HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, c) => TrustDecider.Invited(s, StoredJson.Read<LeadInvited>(message.Body), London.DateOf(c.Now))),
        _ => base.OnMessageAsync(message),
    };

    private static Result<Events> OnStaff(TrustState state, CommandContext context, Func<StaffState, DateOnly, Result<Events>> decide) =>
        state.Exists ? decide(state.Staff, London.DateOf(context.Now)) : TrustErrors.NotFounded;

    private PersonView PersonOf(TrustState state, PersonId id) => StaffRows.View(state.Staff, id, OpenShown);
}
