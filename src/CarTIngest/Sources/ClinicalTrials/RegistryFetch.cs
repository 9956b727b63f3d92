using System.Net;
using System.Runtime.CompilerServices;
using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Fetches whole studies, many ids a request; what a request leaves out is asked singly, because only that tells merged from withdrawn.</summary>
internal sealed class RegistryFetch(RegistryClient client, ClinicalTrialsOptions options)
{
    public async IAsyncEnumerable<FetchedRecord> FetchAsync(
        IReadOnlyList<NctId> ids, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = new HashSet<RecordId>();
        foreach (var chunk in ids.Distinct().Chunk(options.FetchChunk))
        {
            await foreach (var kept in PagesAsync(chunk, archive, cancellationToken))
            {
                await foreach (var record in ReadAsync(kept, drift, cancellationToken))
                {
                    Note(record, given);
                    yield return record;
                }
            }

            foreach (var left in chunk.Where(id => !given.Contains(RecordId.Of(id))))
            {
                await foreach (var record in SinglyAsync(left, given, archive, drift, cancellationToken))
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>The pages of one chunk; none where the registry calls one of its ids malformed, which refuses them all.</summary>
    private async IAsyncEnumerable<KeptAnswer> PagesAsync(NctId[] chunk, IRawArchive archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = new PageWalk(StudiesRequest.ForIds(chunk));
        var restarts = 0;
        for (var pages = 0; pages <= chunk.Length + options.IdlePages; pages++)
        {
            KeptAnswer kept;
            try
            {
                kept = await client.PageAsync(walk, archive, cancellationToken);
            }
            catch (AnswerRefusedException refused) when (refused.Verdict == RegistryAnswers.MalformedIds)
            {
                yield break;
            }
            catch (AnswerRefusedException refused) when (refused.Verdict == RegistryAnswers.DataChanged && restarts < options.CensusRestarts)
            {
                restarts++;
                walk = new PageWalk(StudiesRequest.ForIds(chunk));
                continue;
            }

            yield return kept;
            if (StudiesPage.TryRead(kept.Answer.Body)!.NextPageToken is not { } token || !walk.TryGoOn(token))
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<FetchedRecord> SinglyAsync(
        NctId asked, HashSet<RecordId> given, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (kept, why) = await AskAsync(asked, archive, cancellationToken);
        if (kept is null || kept.Answer.Status == HttpStatusCode.NotFound)
        {
            yield return new NotGivenRecord(RecordId.Of(asked), why, null);
            yield break;
        }

        if (kept.Answer.Status == HttpStatusCode.OK)
        {
            RecordId? canonical = null;
            await foreach (var record in ReadAsync(kept, drift, cancellationToken))
            {
                var attributed = Attributed(record, asked);
                canonical = attributed.Reading is ReadRecord { Record: Trial trial } ? trial.Id : canonical;
                Note(attributed, given);
                yield return attributed;
            }

            if (canonical is { } other && other != RecordId.Of(asked))
            {
                yield return Merged(asked, other);
            }

            yield break;
        }

        if (!NctId.TryParse(LastSegment(kept.Answer.Location), out var target) || target == asked)
        {
            yield return new NotGivenRecord(RecordId.Of(asked), $"The registry redirects it to '{kept.Answer.Location}', which names no other study.", null);
            yield break;
        }

        if (!given.Contains(RecordId.Of(target)))
        {
            var (canonical, _) = await AskAsync(target, archive, cancellationToken);
            if (canonical is { Answer.Status: HttpStatusCode.OK })
            {
                await foreach (var record in ReadAsync(canonical, drift, cancellationToken))
                {
                    var attributed = Attributed(record, target);
                    Note(attributed, given);
                    yield return attributed;
                }
            }
        }

        yield return Merged(asked, RecordId.Of(target));
    }

    private async Task<(KeptAnswer? Kept, string Why)> AskAsync(NctId id, IRawArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await client.StudyAsync(id, archive, cancellationToken);
            return (kept, $"The registry says: {RegistryAnswers.Quote(kept.Answer)}");
        }
        catch (AnswerRefusedException refused) when (refused.Verdict == RegistryAnswers.MalformedIds)
        {
            return (null, refused.Message);
        }
    }

    private static async IAsyncEnumerable<GivenRecord> ReadAsync(KeptAnswer kept, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = kept.OpenBody();
        await foreach (var reading in StudyJson.ReadAsync(body, drift, cancellationToken))
        {
            yield return new GivenRecord(reading, kept.Payload);
        }
    }

    private static void Note(FetchedRecord record, HashSet<RecordId> given)
    {
        var id = record switch
        {
            GivenRecord { Reading: ReadRecord read } => read.Record.Id,
            GivenRecord { Reading: UnreadableRecord unreadable } => unreadable.Id,
            _ => null,
        };
        if (id is { } known)
        {
            given.Add(known);
        }
    }

    /// <summary>What was asked for by itself and cannot be read is the one asked for, where it does not say otherwise.</summary>
    private static GivenRecord Attributed(GivenRecord record, NctId asked) =>
        record.Reading is UnreadableRecord { Id: null } unreadable ? record with { Reading = unreadable with { Id = RecordId.Of(asked) } } : record;

    private static NotGivenRecord Merged(NctId asked, RecordId into) =>
        new(RecordId.Of(asked), $"The registry keeps it as {into.Local} now.", into);

    private static string? LastSegment(Uri? location) => location?.OriginalString.Split('?')[0].TrimEnd('/').Split('/')[^1];
}
