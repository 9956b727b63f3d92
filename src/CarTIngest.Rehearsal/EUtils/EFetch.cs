using System.Globalization;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>efetch: the records verbatim in a PubmedArticleSet, books among them, highest PMID first whatever was asked. Ids not in force are simply absent.</summary>
internal sealed class EFetch(HistoryServer history, RehearsalSettings settings)
{
    private const string Prolog =
        "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" "
        + "\"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n";

    public RehearsedAnswer Answer(NightInForce night, Parameters parameters)
    {
        if (parameters["db"] is not { } database)
        {
            return EntrezAnswers.MissingDb();
        }

        if (database != "pubmed")
        {
            return EntrezAnswers.EFetchError($"Invalid db name specified: {database}");
        }

        var (start, count) = (Number(parameters["retstart"], 0), Number(parameters["retmax"], settings.CapAt));
        IReadOnlyList<Pmid> asked;
        if (parameters["id"] is { } list)
        {
            asked = EntrezIds.In(list);
        }
        else if (parameters["WebEnv"] is { } webEnv)
        {
            if (history.Find(webEnv, parameters["query_key"]) is not { } stored)
            {
                return EntrezAnswers.EFetchError($"Cannot retrieve history data. query_key: {parameters["query_key"]}, WebEnv: {webEnv}, retstart: {start}, retmax: {count}");
            }

            if (start >= settings.CapAt)
            {
                return EntrezAnswers.EFetchError($"Search backend cannot retrieve history data. Reason: Exception: 'retstart' cannot be larger than {settings.CapAt - 1}.");
            }

            if (start >= stored.Count)
            {
                return EntrezAnswers.EFetchError(
                    $"Cannot retrieve history data: OUT OF RANGE. Parameter retstart={start} + 1 is greater than number of records available in history. History includes {stored.Count} IDs.");
            }

            asked = stored;
        }
        else
        {
            asked = [];
        }

        return asked is []
            ? EntrezAnswers.EFetchError("ID list is empty! Possibly it has no correct IDs.")
            : Records(night, [.. asked.Skip(start).Take(Math.Min(count, settings.CapAt))], parameters);
    }

    private RehearsedAnswer Records(NightInForce night, IReadOnlyList<Pmid> asked, Parameters parameters)
    {
        if (parameters["rettype"] == "full")
        {
            // So since 2022: no error, and nothing.
            return new RehearsedAnswer(StatusCodes.Status200OK, "text/xml; charset=UTF-8", default);
        }

        var given = asked
            .Where(id => !settings.NeverFetched.Contains(id) && (asked.Count == 1 || !settings.FetchedOnlySingly.Contains(id)))
            .Select(night.Publications.Give)
            .OfType<RecordedPublication>()
            .OrderByDescending(publication => publication.Pmid);
        // There is no JSON of citations: who asks for it, or for text, gets the list of ids.
        return parameters["retmode"] is null or "xml"
            ? new RehearsedAnswer(StatusCodes.Status200OK, "text/xml; charset=UTF-8", SetOf(given))
            : RehearsedAnswer.Text(StatusCodes.Status200OK, string.Concat(given.Select(publication => $"{publication.Pmid}\n")));
    }

    private static byte[] SetOf(IEnumerable<RecordedPublication> publications)
    {
        using var set = new MemoryStream();
        set.Write(Encoding.UTF8.GetBytes(Prolog));
        set.Write("<PubmedArticleSet>"u8);
        foreach (var publication in publications)
        {
            set.Write("\n"u8);
            set.Write(publication.Xml.Span);
        }

        set.Write("</PubmedArticleSet>\n"u8);
        return set.ToArray();
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
