using System.Net;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Replay;

/// <summary>
/// Answers from the journal of a night, each question in its turn. An answer that was accepted is judged again by the rules of today; one that was refused
/// is refused again. A question that the night did not ask there ends the replay of this source.
/// </summary>
public sealed class ReplayHttp(SourceJournal journal, StoreFactory stores, ReplayClock clock) : SourceHttp
{
    private int next;
    private long bytes;

    public override long Requests => next;

    public override long BytesReceived => bytes;

    /// <summary>Answers that were not asked for again.</summary>
    public int Left => journal.Answers.Count - next;

    public override async Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(classify);
        var kept = journal.Answers.ElementAtOrDefault(next);
        if (kept is null || kept.Asked != request.Asked)
        {
            throw new SourceDownException(
                journal.Source, $"The replay asks '{request.Asked}' where the night {(kept is null ? "asked nothing more" : $"asked '{kept.Asked}'")}.");
        }

        next++;
        clock.Now = kept.At;
        var answer = await AnswerOfAsync(kept, cancellationToken);
        bytes += answer.Body.Length;
        var verdict = kept.Refusal is { } refusal ? new AnswerVerdict(refusal, kept.Reason ?? "") : classify(answer);
        return verdict switch
        {
            { Accepted: true } => answer,
            { Class: AnswerClass.Unanswered } => throw new SourceDownException(journal.Source, verdict.Reason),
            _ => throw new AnswerRefusedException(verdict, answer),
        };
    }

    private async Task<Answer> AnswerOfAsync(StoredAnswer kept, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var body = await NightJournal.BodyAsync(store, kept.PayloadHash, cancellationToken);
        var location = kept.Location is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;
        return new Answer((HttpStatusCode)kept.Status, null, body, location, null);
    }
}
