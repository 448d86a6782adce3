namespace OnlineSafetyTrust.Contracts.People;

/// <summary>What a school and a trust do alike: they keep their own people.</summary>
[Alias("IStaffGrain")]
public interface IStaffGrain : IStreamGrain
{
    Task<Result<PersonView>> AddPersonAsync(CommandContext context, AddPerson command);

    Task<Result<PersonView>> LinkSignInAsync(CommandContext context, LinkSignIn command);

    Task<Result<PersonView>> AssignRoleAsync(CommandContext context, AssignRole command);

    Task<Result<PersonView>> RecordLeaverAsync(CommandContext context, RecordLeaver command);
}
