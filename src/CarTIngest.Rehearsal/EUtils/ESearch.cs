using System.Globalization;
using System.Text.Json;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>How a search's answer is written.</summary>
internal enum AnswerForm
{
    Xml,
    Json,
}

/// <summary>esearch: the true count, and ids up to the cap. What goes wrong is said in a 200, as the real one does.</summary>
internal sealed class ESearch(HistoryServer history, int cap)
{
    private const int DefaultPage = 20;

    public RehearsedAnswer Answer(NightInForce night, Parameters parameters)
    {
        var form = parameters["retmode"] == "json" ? AnswerForm.Json : AnswerForm.Xml;
        if (parameters["db"] is not (null or "pubmed") and var database)
        {
            return Error($"Invalid db name specified: {database}", form);
        }

        var webEnv = parameters["WebEnv"];
        if (webEnv is not null && !history.Knows(webEnv))
        {
            return Error($"Unable to obtain query #{parameters["query_key"] ?? "1"}", form);
        }

        // A kept set narrows a term, and stands for one where there is none.
        var kept = history.Find(webEnv, parameters["query_key"]);
        if ((parameters["term"] ?? (kept is null ? null : $"#{parameters["query_key"]}")) is not { } term)
        {
            return Error("Empty term and query_key - nothing todo", form);
        }

        var start = Number(parameters["retstart"], 0);
        if (start >= cap)
        {
            return Error(BeyondCap(), form);
        }

        TermResult result;
        try
        {
            result = SearchTerm.Find(term, night.Publications, key => history.Find(webEnv, key));
        }
        catch (TermException unreadable)
        {
            return Error($"Search Backend failed: Exception: {unreadable.Message}", form);
        }

        var found = DateParameters.Narrow(kept is null ? result.Found : [.. result.Found.Intersect(kept)], night.Publications, parameters);
        var stored = parameters["usehistory"] == "y" ? history.Store(found, webEnv) : null;
        // The list ends where the cap does, whatever page was asked for.
        var last = Math.Min((long)start + Number(parameters["retmax"], DefaultPage), cap);
        var page = found.Skip(start).Take((int)(last - start)).ToList();
        var search = new SearchAnswer(term, found.Count, start, page, stored, result.FieldsNotFound);
        var countOnly = parameters["rettype"] == "count";
        return form == AnswerForm.Json
            ? EntrezAnswers.JsonText(countOnly ? search.CountJson() : search.Json())
            : EntrezAnswers.ESearch(countOnly ? search.CountXml() : search.Xml());
    }

    private string BeyondCap() => string.Create(
        CultureInfo.InvariantCulture,
        $"Search Backend failed: Exception:\n'retstart' cannot be larger than {cap - 1}. For PubMed, ESearch can only retrieve the first {cap:N0} records matching the query. "
        + $"To obtain more than {cap:N0} PubMed records, consider using EDirect that contains additional logic to batch PubMed search results automatically "
        + $"so that an arbitrary number can be retrieved.");

    // The JSON of an error holds its line break raw, which strict readers refuse: so does the real one.
    private static RehearsedAnswer Error(string error, AnswerForm form) => form == AnswerForm.Json
        ? EntrezAnswers.JsonText(
            "{\"header\":{\"type\":\"esearch\",\"version\":\"0.3\"},\"esearchresult\":{\"ERROR\":\""
            + $"{JsonEncodedText.Encode(error).Value.Replace("\\n", "\n", StringComparison.Ordinal)}\"}}}}")
        : EntrezAnswers.ESearch($"<ERROR>{EntrezAnswers.Escape(error)}</ERROR>");

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
