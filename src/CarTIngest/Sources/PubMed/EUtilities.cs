using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// The client of NCBI's E-utilities: state of the database, search, fetch, citations. Each accepted answer is in the archive before it is read.
/// Refusals come as <see cref="AnswerRefusedException"/>, a dead host as <see cref="SourceDownException"/>.
/// </summary>
public sealed class EUtilities
{
    /// <summary>The source's name in answers, exceptions and the store.</summary>
    public const string SourceName = "pubmed";

    private readonly ArchivedHttp archived;
    private readonly PubMedOptions options;
    private readonly PubMedAnswers answers;

    public EUtilities(SourceHttp http, PubMedOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        archived = new ArchivedHttp(SourceName, http);
        this.options = options;
        answers = new PubMedAnswers(new Secrets(options.ApiKey));
    }

    /// <summary>When PubMed was last updated, in its own words: <c>2025/11/27 06:33</c>. The only version it gives.</summary>
    public async Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken)
    {
        var kept = await AskAsync(EUtilsRequest.Einfo(), answers.Einfo, null, archive, cancellationToken);
        return PubMedAnswers.DataVersion(kept.Answer.Body) ?? throw new InvalidOperationException("An accepted einfo answer lost its LastUpdate.");
    }

    /// <summary>The first <see cref="PubMedOptions.SearchCap"/> ids that a term matches, and how many there are.</summary>
    public async Task<SearchPage> SearchAsync(string term, IRawArchive archive, CancellationToken cancellationToken)
    {
        var kept = await AskAsync(EUtilsRequest.Esearch(term, 0, options.SearchCap), given => answers.Esearch(given, 0, options.SearchCap), null, archive, cancellationToken);
        return SearchPage.Read(kept.Answer.Body) ?? throw new InvalidOperationException("An accepted esearch answer lost its count.");
    }

    /// <summary>
    /// The whole records of some ids in one request. What PubMed does not have is left out of the answer. A set that stays damaged comes all the same,
    /// with its refusal, for what is sound in it.
    /// </summary>
    internal Task<KeptAnswer> FetchAsync(IReadOnlyList<Pmid> ids, IRawArchive archive, CancellationToken cancellationToken) =>
        AskAsync(EUtilsRequest.Efetch(ids), answers.Efetch, PubMedAnswers.IsArticleSet, archive, cancellationToken);

    /// <summary>What cites some publications, as far as NCBI knows.</summary>
    internal async Task<IReadOnlySet<Pmid>> CitingAsync(IReadOnlyList<Pmid> cited, IRawArchive archive, CancellationToken cancellationToken)
    {
        var kept = await AskAsync(EUtilsRequest.Elink(cited), given => answers.Elink(given, cited), null, archive, cancellationToken);
        return LinkPage.Read(kept.Answer.Body)?.Citing ?? throw new InvalidOperationException("An accepted elink answer lost its links.");
    }

    private Task<KeptAnswer> AskAsync(
        EUtilsRequest request, AnswerClassifier classify, Predicate<Answer>? isWorthReading, IRawArchive archive, CancellationToken cancellationToken) =>
        archived.AskAsync(new SourceRequest(request.Endpoint, request.Asked, () => request.ToMessage(options)), classify, isWorthReading, archive, cancellationToken);
}
