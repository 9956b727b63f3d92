using System.Globalization;
using System.Net;
using System.Xml;
using CarTIngest.Records;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// Judges answers of the E-utilities, by content first and status second: they tell failures under 200, passing ones under 400, and rates in JSON
/// where XML was asked. Reasons quote the answer, secrets hidden.
/// </summary>
public sealed class PubMedAnswers(Secrets secrets)
{
    /// <summary>An answer to einfo is good when it names the database and the day of its last update.</summary>
    public AnswerVerdict Einfo(Answer answer) => Judge(answer, "eInfoResult", () =>
        DataVersion(answer.Body) is not null ? AnswerVerdict.Ok : Drift("The einfo answer does not say when pubmed was last updated."));

    /// <summary>An answer to esearch is good when it lists exactly as many ids as its own count and the page asked for promise.</summary>
    public AnswerVerdict Esearch(Answer answer, int retstart, int retmax) => Judge(answer, "eSearchResult", () =>
    {
        if (SearchPage.Read(answer.Body) is not { } page)
        {
            return Drift("The esearch answer has no count, or lists an id that is no number.");
        }

        var promised = Math.Min(Math.Max(page.Count - retstart, 0), Math.Min(retmax, PubMedOptions.MostListed));
        return page.Ids.Count != promised
            ? Transient(string.Create(CultureInfo.InvariantCulture, $"The search counts {page.Count} and lists {page.Ids.Count} ids where it should list {promised}."))
            : page.Count == 0 ? AnswerVerdict.Empty
            : AnswerVerdict.Ok;
    });

    /// <summary>
    /// An answer to efetch is good when its set of articles is there to the end tag. A set that came whole and has a bad character within is refused as an
    /// unknown shape: it is asked for twice more, and then it is for the caller to divide the batch.
    /// </summary>
    public AnswerVerdict Efetch(Answer answer) => Judge(answer, "PubmedArticleSet", () =>
    {
        var records = 0;
        using var xml = EntrezXml.Open(answer.Body);
        while (xml.ReadOn())
        {
            records += xml is { NodeType: XmlNodeType.Element, Depth: 1 } ? 1 : 0;
        }

        return records == 0 ? AnswerVerdict.Empty : AnswerVerdict.Ok;
    });

    /// <summary>An answer to elink is good when it answers for every id asked, with or without links.</summary>
    internal AnswerVerdict Elink(Answer answer, IReadOnlyList<Pmid> asked) => Judge(answer, "eLinkResult", () =>
        LinkPage.Read(answer.Body) is not { } page ? Transient("The elink answer tells an error, or an id that is no number.")
        : asked.Count(id => !page.Asked.Contains(id)) is var missing and > 0 ? Transient(string.Create(CultureInfo.InvariantCulture, $"The elink answer does not answer for {missing} of {asked.Count} ids."))
        : page.Citing.Count == 0 ? AnswerVerdict.Empty
        : AnswerVerdict.Ok);

    /// <summary>Whether PubMed refused a fetch because none of its ids is one.</summary>
    public static bool IsNoSuchId(AnswerVerdict verdict) =>
        verdict.Class is AnswerClass.Permanent && verdict.Reason.Contains(EntrezErrorText.NoSuchId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an answer is a set of articles, however damaged within: what a smaller batch or the reader may still make something of.</summary>
    public static bool IsArticleSet(Answer answer) => answer.IsSuccess && AnswerBody.Of(answer) is { Form: BodyForm.Xml, Root: "PubmedArticleSet" };

    /// <summary>DbInfo/LastUpdate of pubmed; null where it is not said.</summary>
    /// <exception cref="XmlException">Not well formed.</exception>
    internal static string? DataVersion(ReadOnlyMemory<byte> body)
    {
        string? said = null;
        var inside = false;
        using var xml = EntrezXml.Open(body);

        // To the end, though the date comes early: an answer cut after it is a cut answer.
        while (xml.ReadOn())
        {
            inside = xml.NodeType is XmlNodeType.Element ? xml is { Depth: 2, LocalName: "LastUpdate" } : inside;
            if (inside && xml is { NodeType: XmlNodeType.Text, Depth: 3 })
            {
                said = xml.Value.Trim();
            }
        }

        return string.IsNullOrEmpty(said) ? null : said;
    }

    private AnswerVerdict Judge(Answer answer, string root, Func<AnswerVerdict> read)
    {
        var body = AnswerBody.Of(answer);
        // Hidden before it is cut: half a key is still half a key.
        var said = HtmlErrorPage.Cut(secrets.Redact(body.Says));
        var named = EntrezErrorText.Classify(body.Says);
        if (answer.Status is HttpStatusCode.TooManyRequests || (named is AnswerClass.Throttled && body.Form is not BodyForm.Xml))
        {
            return new AnswerVerdict(AnswerClass.Throttled, $"PubMed asks for a slower pace: {said}") { RetryAfter = answer.RetryAfter };
        }

        if (body.Form is BodyForm.Xml && body.Root == root && body.Says.Length == 0 && answer.IsSuccess)
        {
            return Whole(answer, root, read);
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"PubMed answers {(int)answer.Status}");
        return (named, body.Form) switch
        {
            ({ } known, not BodyForm.Html) => new AnswerVerdict(known, $"{status}: {said}"),
            _ when ByStatus(answer) is { } verdict => verdict with { Reason = $"{status}: {said}" },
            (_, BodyForm.Empty) => Transient($"{status} with nothing in it."),
            (_, BodyForm.Xml) when body.Says.Length == 0 => Drift($"{status} with <{body.Root}> in place of <{root}>."),
            _ => Transient($"{status}: {said}"),
        };
    }

    private static AnswerVerdict Whole(Answer answer, string root, Func<AnswerVerdict> read)
    {
        try
        {
            return read();
        }
        catch (XmlException broken)
        {
            return AnswerBody.EndsWith(answer.Body, root) switch
            {
                EndTag.Missing => Transient($"The answer breaks off: {broken.Message}"),
                EndTag.Repeated => Transient("The answer is several documents in one."),
                _ when root is "PubmedArticleSet" => Drift($"The answer is not well formed: {broken.Message}"),
                _ => Transient($"The answer is not well formed: {broken.Message}"),
            };
        }
    }

    /// <summary>Null where the status settles nothing.</summary>
    private static AnswerVerdict? ByStatus(Answer answer) => (int)answer.Status switch
    {
        401 or 403 or 451 => new AnswerVerdict(AnswerClass.Blocked, "") { RetryAfter = answer.RetryAfter },
        408 or 425 => Transient(""),
        >= 300 and <= 399 or 404 => Drift(""),
        >= 400 and <= 499 => new AnswerVerdict(AnswerClass.Permanent, ""),
        >= 500 => Transient("") with { RetryAfter = answer.RetryAfter },
        _ => null,
    };

    private static AnswerVerdict Transient(string reason) => new(AnswerClass.Transient, reason);

    private static AnswerVerdict Drift(string reason) => new(AnswerClass.SchemaDrift, reason);
}
