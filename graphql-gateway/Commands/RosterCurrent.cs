using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Roster;
using OnlineSafetyTrust.Roster.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>What a school holds, for an import that the operator of the machine runs; nothing of it is shown but counts and ids.</summary>
internal sealed class RosterCurrent(SystemReader system, DirectoryReader directory) : IRosterCurrent
{
    private const int Batch = 1000;

    public Task<IReadOnlyList<TrustView>> TrustsAsync(CancellationToken ct) => directory.TrustsAsync(ct);

    public async Task<IReadOnlyList<KnownSchool>> SchoolsAsync(IReadOnlyList<TrustView> trusts, CancellationToken ct)
    {
        var known = new List<KnownSchool>();
        foreach (var (trust, school) in trusts.SelectMany(t => t.Schools.Select(s => (t, s.School))))
        {
            known.Add(new KnownSchool((await directory.SchoolAsync(school, ct))!, trust));
        }

        return known;
    }

    public async Task<TenantId?> FindSchoolAsync(string urn, CancellationToken ct) =>
        (await directory.TrustsAsync(ct)).SelectMany(t => t.Schools).FirstOrDefault(s => s.Urn == urn)?.School;

    public async Task<RosterSituation> ReadAsync(TenantId school, CancellationToken ct)
    {
        var own = (await directory.SchoolAsync(school, ct))!;
        var people = await AllAsync<PersonView>(school, PersonTables.Person, ct);
        return new RosterSituation(
            own, await AllAsync<PupilView>(school, PupilTables.Pupil, ct), [.. people.Select(p => new RosterPerson(p.Id, p.Name, p.Email, p.SourceId, p.Roles, p.LeftAt))],
            await HeldAsync(school, ct));
    }

    // Nothing personal is opened: only whom each row is about and whether it still holds.
    private async Task<RosterHeld> HeldAsync(TenantId school, CancellationToken ct)
    {
        var checks = await AllAsync<ChecksOf>(school, CheckTables.Schedule, ct);
        var bans = await AllAsync<BanOf>(school, BanTables.Ban, ct, ("ended", 0L));
        var strategies = await AllAsync<StrategyOf>(school, StrategyTables.Strategy, ct);
        return new RosterHeld(
            checks.Where(c => c.Status == ScheduleStatus.Active).Select(c => c.Pupil).ToHashSet(),
            bans.Select(b => b.Pupil).ToHashSet(),
            strategies.Where(s => s.Status != StrategyStatus.Ended).Select(s => s.Pupil).ToHashSet());
    }

    private async Task<List<T>> AllAsync<T>(TenantId school, Contracts.Journal.ViewTable table, CancellationToken ct, (string Column, object Value)? only = null)
    {
        var all = new List<T>();
        for (var after = ""; ;)
        {
            var batch = await system.ViewAsync<T>(school, table, after, Batch, ct, only);
            all.AddRange(batch.Select(r => r.Body));
            if (batch.Count < Batch)
            {
                return all;
            }

            after = batch[^1].Id;
        }
    }

    private sealed record ChecksOf(PupilId Pupil, ScheduleStatus Status);

    private sealed record BanOf(PupilId Pupil);

    private sealed record StrategyOf(PupilId Pupil, StrategyStatus Status);
}
