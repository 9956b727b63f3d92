using System.Runtime.CompilerServices;
using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// Whole records by id, in batches. A damaged answer is divided until the one record that damages it stands alone; what a batch leaves out is
/// asked for by itself, twice, with time between, before it is called not given.
/// </summary>
internal sealed class PubMedFetch(EUtilities eutils, PubMedOptions options, PublicationReader read, TimeProvider clock)
{
    private const int Reasks = 2;

    public async IAsyncEnumerable<FetchedRecord> FetchAsync(
        IReadOnlyCollection<Pmid> ids, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = new HashSet<Pmid>();
        foreach (var batch in ids.Chunk(options.FetchBatch))
        {
            await foreach (var record in AskAsync(batch, missing, archive, drift, cancellationToken))
            {
                yield return record;
            }
        }

        for (var round = 0; round < Reasks && missing.Count > 0; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.ReaskAfterMilliseconds), clock, cancellationToken);
            foreach (var one in missing.Order().ToList())
            {
                missing.Remove(one);
                await foreach (var record in AskAsync([one], missing, archive, drift, cancellationToken))
                {
                    yield return record;
                }
            }
        }

        foreach (var id in missing.Order())
        {
            yield return new NotGivenRecord(RecordId.Of(id), $"PubMed was asked for it by itself {Reasks} times and gave nothing.", null);
        }
    }

    private async IAsyncEnumerable<FetchedRecord> AskAsync(
        IReadOnlyList<Pmid> batch, HashSet<Pmid> missing, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new Stack<IReadOnlyList<Pmid>>([batch]);
        while (open.TryPop(out var part))
        {
            var set = await TryFetchAsync(part, archive, cancellationToken);
            if (set is { Refusal: not null } && part.Count > 1)
            {
                open.Push([.. part.Skip(part.Count / 2)]);
                open.Push([.. part.Take(part.Count / 2)]);
                continue;
            }

            var awaited = part.ToDictionary(RecordId.Of);
            var given = new HashSet<RecordId>();
            if (set is not null)
            {
                await foreach (var reading in read(EntrezXml.Stream(set.Answer.Body), drift, cancellationToken))
                {
                    var known = part.Count == 1 && reading is UnreadableRecord { Id: null } nameless ? nameless with { Id = RecordId.Of(part[0]) } : reading;
                    if (IsOfThese(known, awaited, given, drift))
                    {
                        yield return new GivenRecord(known, set.Payload);
                    }
                }
            }

            missing.UnionWith(awaited.Where(asked => !given.Contains(asked.Key)).Select(asked => asked.Value));
        }
    }

    /// <summary>Null where PubMed says that none of the ids is one: nothing given, and nothing wrong with the host.</summary>
    private async Task<KeptAnswer?> TryFetchAsync(IReadOnlyList<Pmid> part, IRawArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            return await eutils.FetchAsync(part, archive, cancellationToken);
        }
        catch (AnswerRefusedException refused) when (PubMedAnswers.IsNoSuchId(refused.Verdict))
        {
            return null;
        }
    }

    private static bool IsOfThese(Reading reading, Dictionary<RecordId, Pmid> awaited, HashSet<RecordId> given, DriftTally drift)
    {
        RecordId? id = reading switch
        {
            ReadRecord { Record: DeletedRecord } => default(RecordId),
            ReadRecord read => read.Record.Id,
            UnreadableRecord unreadable => unreadable.Id,
            _ => null,
        };
        if (id is null)
        {
            // Something unreadable whose number cannot be told: kept, and the id that it should have been is asked for again.
            return true;
        }

        if (!awaited.ContainsKey(id.Value))
        {
            drift.Met(reading is ReadRecord { Record: DeletedRecord } ? "efetch/deleted" : "efetch/unasked");
            return false;
        }

        given.Add(id.Value);
        return true;
    }
}
