namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// A place in the pages of one request. The token and the parameters that it was given for are held together, because the registry does not refuse a token
/// under other parameters: it answers with rows of the other question.
/// </summary>
internal sealed class PageWalk
{
    private readonly StudiesRequest request;
    private readonly HashSet<string> tokens = new(StringComparer.Ordinal);
    private string? token;

    public PageWalk(StudiesRequest request) => this.request = request;

    /// <summary>The address of the page that comes next, relative to the API's own.</summary>
    public string Next => request.Query(token);

    /// <summary>False when this very token was given before: the walk would go in a circle.</summary>
    public bool TryGoOn(string pageToken)
    {
        token = pageToken;
        return tokens.Add(pageToken);
    }
}
