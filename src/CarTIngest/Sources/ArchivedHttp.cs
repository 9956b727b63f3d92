using System.Runtime.InteropServices;
using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources;

/// <summary>
/// Asks one source and keeps what came of every question before anything reads it: the answer, or the word that refused it. What is kept of a night is
/// all that is needed to play it again without the source.
/// </summary>
internal sealed class ArchivedHttp(string source, SourceHttp http)
{
    /// <param name="isWorthReading">Whether an answer that was refused to the last try is read all the same, for what is sound in it; null: never.</param>
    /// <exception cref="AnswerRefusedException">The answer was refused, and is not worth reading.</exception>
    /// <exception cref="SourceDownException">No answer came.</exception>
    public async Task<KeptAnswer> AskAsync(
        SourceRequest request, AnswerClassifier classify, Predicate<Answer>? isWorthReading, IRawArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.SendAsync(request, classify, cancellationToken);
            return await KeepAsync(answer, null);
        }
        catch (AnswerRefusedException refused) when (refused.Answer is { } answer && isWorthReading?.Invoke(answer) == true)
        {
            return await KeepAsync(answer, refused.Verdict);
        }
        catch (AnswerRefusedException refused)
        {
            await RefuseAsync((int)(refused.Answer?.Status ?? 0), refused.Verdict);
            throw;
        }
        catch (SourceDownException down)
        {
            await RefuseAsync(0, new AnswerVerdict(AnswerClass.Unanswered, down.Message));
            throw;
        }

        async Task<KeptAnswer> KeepAsync(Answer answer, AnswerVerdict? refusal)
        {
            var raw = new RawAnswer(source, request.Endpoint, request.Asked, (int)answer.Status, answer.Body) { Location = answer.Location?.OriginalString, Refusal = refusal };
            return new KeptAnswer(answer, await archive.KeepAsync(raw, cancellationToken), refusal);
        }

        Task RefuseAsync(int status, AnswerVerdict refusal) =>
            archive.KeepAsync(new RawAnswer(source, request.Endpoint, request.Asked, status, default) { Refusal = refusal }, cancellationToken);
    }
}

/// <param name="Payload">The hash under which the archive has the body.</param>
/// <param name="Refusal">Null for an accepted answer.</param>
internal sealed record KeptAnswer(Answer Answer, ContentHash Payload, AnswerVerdict? Refusal)
{
    /// <summary>The body as the readers take it.</summary>
    public Stream OpenBody() => MemoryMarshal.TryGetArray(Answer.Body, out var bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream(Answer.Body.ToArray(), writable: false);
}
