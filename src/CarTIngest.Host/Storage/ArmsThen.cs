using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Some arms as they were sent and understood when they last matched a record, beside what they are now.</summary>
internal sealed class ArmsThen
{
    private readonly Dictionary<(string Source, string Arm, long Until), ArmThen> arms = [];
    private readonly Dictionary<(string Source, long Until), DateOnly> nights = [];

    /// <param name="ended">Matches that ended: of each arm and run one is enough.</param>
    public static async Task<ArmsThen> ReadAsync(StoreContext store, IEnumerable<ArmMatch> ended, CancellationToken cancellationToken)
    {
        var read = new ArmsThen();
        foreach (var (source, arm, until) in ended.Select(match => (match.Source, match.Arm, Until: match.UntilRunId ?? 0)).Distinct())
        {
            var then = await store.RunArms.AsNoTracking().Where(row => row.Source == source && row.Arm == arm && row.RunId < until).OrderByDescending(row => row.RunId).FirstOrDefaultAsync(cancellationToken);
            var newest = await store.RunArms.Where(row => row.Source == source).MaxAsync(row => (long?)row.RunId, cancellationToken);
            var now = await store.RunArms.AsNoTracking().SingleOrDefaultAsync(row => row.Source == source && row.Arm == arm && row.RunId == newest, cancellationToken);
            read.arms[(source, arm, until)] = new ArmThen(arm, then?.Sent ?? "", now?.Sent, then?.Translation, now?.Translation);
            read.nights[(source, until)] = await store.Runs.Where(run => run.Id < until && run.EndedAt != null).OrderByDescending(run => run.Id).Select(run => (DateOnly?)run.Night).FirstOrDefaultAsync(cancellationToken) ?? DateOnly.MinValue;
        }

        return read;
    }

    public ArmThen Of(ArmMatch ended) => arms[(ended.Source, ended.Arm, ended.UntilRunId ?? 0)];

    /// <summary>The night before the run in which it ceased to match: what an import brought since may be why.</summary>
    public DateOnly LastNight(string source, long until) => nights.GetValueOrDefault((source, until), DateOnly.MaxValue);
}
