using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Asks the three endpoints that are needed, and keeps every accepted answer before anything reads it.</summary>
internal sealed class RegistryClient(SourceHttp http, Uri baseAddress)
{
    public const string SourceName = "clinicaltrials";

    private readonly Uri root = new(baseAddress.AbsoluteUri.TrimEnd('/') + "/");
    private readonly ArchivedHttp archived = new(SourceName, http);

    /// <summary>The state of the registry's data, as it calls it.</summary>
    public async Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken)
    {
        var kept = await AskAsync("version", "version", RegistryAnswers.Version, archive, cancellationToken);
        return RegistryAnswers.DataTimestamp(kept.Answer.Body)!;
    }

    public Task<KeptAnswer> PageAsync(PageWalk walk, IRawArchive archive, CancellationToken cancellationToken) =>
        AskAsync("studies", walk.Next, RegistryAnswers.Studies, archive, cancellationToken);

    /// <summary>One study whole, or the registry's word that it is elsewhere (301) or nowhere (404).</summary>
    public Task<KeptAnswer> StudyAsync(NctId id, IRawArchive archive, CancellationToken cancellationToken) =>
        AskAsync("study", $"studies/{id}", RegistryAnswers.Study, archive, cancellationToken);

    private Task<KeptAnswer> AskAsync(string endpoint, string relative, AnswerClassifier classify, IRawArchive archive, CancellationToken cancellationToken)
    {
        var address = new Uri(root, relative);
        return archived.AskAsync(new SourceRequest(endpoint, $"GET {relative}", () => Get(address)), classify, null, archive, cancellationToken);
    }

    private static HttpRequestMessage Get(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/plain;q=0.5");
        return request;
    }
}
