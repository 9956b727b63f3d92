using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CarTIngest.Tests.Sources.PubMed;

/// <summary>A small E-utilities over HTTP: any term matches the corpus, UID ranges are honoured, and a script may answer first. It claims no search.</summary>
internal sealed partial class ScriptedEntrez : IAsyncDisposable
{
    private LoopbackServer? server;

    public SortedSet<long> Corpus { get; init; } = [];

    public SortedSet<long> Touched { get; init; } = [];

    public string LastUpdate { get; set; } = "2026/05/16 06:33";

    /// <summary>Answers in place of the corpus where it is not null.</summary>
    public Func<Call, Reply?> Script { get; set; } = _ => null;

    public List<Call> Calls { get; } = [];

    public Uri Address => server!.Address;

    public LoopbackServer Server => server!;

    public async Task<ScriptedEntrez> StartAsync()
    {
        server = await LoopbackServer.StartAsync(AnswerAsync);
        return this;
    }

    public PubMedOptions Options => new() { BaseAddress = Address, Email = "team@example.org", ApiKey = "s3cr3tk3y", ReaskAfterMilliseconds = 5 };

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    public static string Articles(params IEnumerable<long> ids) =>
        $"<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n<PubmedArticleSet>{string.Concat(ids.Select(Article))}</PubmedArticleSet>";

    public static string Article(long id) =>
        $"<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">{id}</PMID><Article><ArticleTitle>Invented cells {id}</ArticleTitle></Article></MedlineCitation></PubmedArticle>";

    public static string Search(long count, IReadOnlyCollection<long> ids, string tail = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!DOCTYPE eSearchResult PUBLIC \"-//NLM//DTD esearch 20060628//EN\" \"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd\">\n"
        + $"<eSearchResult><Count>{count}</Count><RetMax>{ids.Count}</RetMax><RetStart>0</RetStart><IdList>{string.Concat(ids.Select(id => $"<Id>{id}</Id>"))}</IdList><TranslationSet/>"
        + $"<QueryTranslation>cells[All Fields]</QueryTranslation>{tail}</eSearchResult>";

    public static string Info(string lastUpdate) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<eInfoResult>\n<DbInfo>\n<DbName>pubmed</DbName>\n<Count>1</Count>\n<LastUpdate>{lastUpdate}</LastUpdate></DbInfo></eInfoResult>";

    private async Task AnswerAsync(HttpContext context, int number)
    {
        var form = QueryHelpers.ParseQuery((string)context.Items["body"]!).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var endpoint = context.Request.Path.Value!.Trim('/').Replace(".fcgi", "", StringComparison.Ordinal);
        var call = new Call(endpoint, form, number);
        lock (Calls)
        {
            Calls.Add(call);
        }

        var reply = Script(call) ?? new Reply(endpoint switch
        {
            "einfo" => Info(LastUpdate),
            "esearch" => Matching(form),
            "efetch" => Articles(form["id"].Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture)).Where(Corpus.Contains)),
            _ => throw new InvalidOperationException(endpoint),
        });
        if (reply == Reply.Cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)reply.Status;
        context.Response.ContentType = "text/xml; charset=UTF-8";
        await context.Response.WriteAsync(reply.Body);
    }

    private string Matching(Dictionary<string, string> form)
    {
        IEnumerable<long> found = form["term"].Contains("[MDAT]", StringComparison.Ordinal) || form["term"].Contains("[MHDA]", StringComparison.Ordinal) ? Touched : Corpus;
        if (UidRange().Match(form["term"]) is { Success: true } range)
        {
            var from = long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
            var to = long.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
            found = found.Where(id => id >= from && id <= to);
        }

        var all = found.Reverse().ToList();
        var most = Math.Min(9_999, int.Parse(form["retmax"], CultureInfo.InvariantCulture));
        return Search(all.Count, [.. all.Take(most)]);
    }

    [GeneratedRegex(@"(\d+):(\d+)\[UID\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UidRange();

    internal sealed record Call(string Endpoint, IReadOnlyDictionary<string, string> Form, int Number);

    internal sealed record Reply(string Body, HttpStatusCode Status = HttpStatusCode.OK)
    {
        /// <summary>The connection ends without an answer.</summary>
        public static Reply Cut { get; } = new("the connection is cut");
    }
}

/// <summary>Keeps raw answers in a list.</summary>
internal sealed class ListArchive : IRawArchive
{
    public List<RawAnswer> Kept { get; } = [];

    public Task<ContentHash> KeepAsync(RawAnswer answer, CancellationToken cancellationToken)
    {
        Kept.Add(answer);
        return Task.FromResult(ContentHash.Of(answer.Body.Span));
    }
}
