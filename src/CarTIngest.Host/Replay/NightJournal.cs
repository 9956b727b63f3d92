using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Replay;

/// <summary>All that the store kept of one night: what it began with, every question with its answer.</summary>
public sealed record NightJournal(Run Run, IReadOnlyList<SourceJournal> Sources)
{
    /// <exception cref="ReplayImpossibleException">There is no such night, or not all of it is kept.</exception>
    public static async Task<NightJournal> ReadAsync(StoreFactory stores, long run, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var night = await store.Runs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == run, cancellationToken)
            ?? throw new ReplayImpossibleException($"There is no run {run}. `cartingest status` lists the last ones.");
        if (night.EndedAt is null || await store.RunSources.AnyAsync(row => row.RunId == run && row.ReaderVersion == RunSource.NoReader, cancellationToken))
        {
            throw new ReplayImpossibleException($"Run {run} was cut short, so there is no end to compare with. The next run did its work.");
        }

        var answers = await store.Answers.AsNoTracking().Where(answer => answer.RunId == run).OrderBy(answer => answer.Id).ToListAsync(cancellationToken);
        var journals = new List<SourceJournal>();
        foreach (var source in answers.GroupBy(answer => answer.Source))
        {
            if (source.First() is not { Endpoint: StoredAnswer.Held } held)
            {
                throw new ReplayImpossibleException($"Run {run} was written by an earlier version, which did not keep what {source.Key} began with.");
            }

            var before = BeforeNight.Read(await BodyAsync(store, held.PayloadHash, cancellationToken));
            journals.Add(new SourceJournal(source.Key, before, [.. source.Skip(1)]));
        }

        return journals.Count > 0 ? new NightJournal(night, journals) : throw new ReplayImpossibleException($"Run {run} asked nothing.");
    }

    /// <exception cref="StoreDamagedException">The bytes are not there.</exception>
    public static async Task<byte[]> BodyAsync(StoreContext store, string hash, CancellationToken cancellationToken) =>
        PayloadStore.Open(await store.Payloads.AsNoTracking().SingleOrDefaultAsync(payload => payload.Hash == hash, cancellationToken)
            ?? throw new StoreDamagedException($"There is no payload {hash}."));
}

/// <param name="Before">What the night began with.</param>
/// <param name="Answers">In the order in which they came.</param>
public sealed record SourceJournal(string Source, BeforeNight Before, IReadOnlyList<StoredAnswer> Answers);

/// <summary>The night cannot be played again.</summary>
public sealed class ReplayImpossibleException(string says) : Exception(says);
