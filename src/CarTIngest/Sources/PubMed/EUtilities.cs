using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// The client of NCBI's E-utilities: state of the database, search, fetch. Each accepted answer is in the archive before it is read.
/// Refusals come as <see cref="AnswerRefusedException"/>, a dead host as <see cref="SourceDownException"/>.
/// </summary>
public sealed class EUtilities
{
    /// <summary>The source's name in answers, exceptions and the store.</summary>
    public const string SourceName = "pubmed";

    private readonly SourceHttp http;
    private readonly PubMedOptions options;
    private readonly PubMedAnswers answers;

    public EUtilities(SourceHttp http, PubMedOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        this.http = http;
        this.options = options;
        answers = new PubMedAnswers(new Secrets(options.ApiKey));
    }

    /// <summary>When PubMed was last updated, in its own words: <c>2025/11/27 06:33</c>. The only version it gives.</summary>
    public async Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken)
    {
        var request = EUtilsRequest.Einfo();
        var answer = await SendAsync(request, answers.Einfo, cancellationToken);
        await KeepAsync(archive, request, answer, cancellationToken);
        return PubMedAnswers.DataVersion(answer.Body) ?? throw new InvalidOperationException("An accepted einfo answer lost its LastUpdate.");
    }

    /// <summary>The first <see cref="PubMedOptions.SearchCap"/> ids that a term matches, and how many there are.</summary>
    public async Task<SearchPage> SearchAsync(string term, IRawArchive archive, CancellationToken cancellationToken)
    {
        var request = EUtilsRequest.Esearch(term, 0, options.SearchCap);
        var answer = await SendAsync(request, given => answers.Esearch(given, 0, options.SearchCap), cancellationToken);
        await KeepAsync(archive, request, answer, cancellationToken);
        return SearchPage.Read(answer.Body) ?? throw new InvalidOperationException("An accepted esearch answer lost its count.");
    }

    /// <summary>The whole records of some ids in one request. What PubMed does not have is left out of the answer.</summary>
    public async Task<FetchedSet> FetchAsync(IReadOnlyList<Pmid> ids, IRawArchive archive, CancellationToken cancellationToken)
    {
        var request = EUtilsRequest.Efetch(ids);
        Answer? last = null;
        FetchedState state;
        try
        {
            last = await SendAsync(request, given => answers.Efetch(last = given), cancellationToken);
            state = FetchedState.Whole;
        }
        catch (AnswerRefusedException) when (last is not null && PubMedAnswers.IsArticleSet(last))
        {
            state = FetchedState.Damaged;
        }

        return new FetchedSet(last, await KeepAsync(archive, request, last, cancellationToken), state);
    }

    private Task<Answer> SendAsync(EUtilsRequest request, AnswerClassifier classify, CancellationToken cancellationToken) =>
        http.SendAsync(() => request.ToMessage(options), classify, cancellationToken);

    private static Task<ContentHash> KeepAsync(IRawArchive archive, EUtilsRequest request, Answer answer, CancellationToken cancellationToken) =>
        archive.KeepAsync(new RawAnswer(SourceName, request.Endpoint, request.Asked, (int)answer.Status, answer.Body), cancellationToken);
}

/// <summary>Whether a set of articles is well formed.</summary>
public enum FetchedState
{
    Whole,

    /// <summary>Cut or not well formed to the last try.</summary>
    Damaged,
}

/// <param name="Payload">Under this hash the archive has it.</param>
public sealed record FetchedSet(Answer Answer, ContentHash Payload, FetchedState State);
