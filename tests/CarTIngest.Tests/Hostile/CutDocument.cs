using System.Text;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Hostile;

/// <summary>An invented document that is cut.</summary>
/// <param name="MayEndAt">Whether a document cut to this length is a whole one of fewer records, as JSON lines are behind each line.</param>
internal sealed record CutDocument(string Name, byte[] Bytes, Func<byte[], int, bool> MayEndAt)
{
    public static IReadOnlyList<CutDocument> All { get; } =
    [
        new("an article set", Encoding.UTF8.GetBytes(Xml), Never),
        new("an article set in UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Xml)], Never),
        new("an article set in Latin-1", Encoding.Latin1.GetBytes($"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{Xml[Xml.IndexOf("<!DOC", StringComparison.Ordinal)..]}"), Never),
        new("one study", Encoding.UTF8.GetBytes(Rich("NCT00000001")), Never),
        new("an array", Encoding.UTF8.GetBytes($"[\n  {Three(",\n  ")}\n]\n"), Never),
        new("an array in UTF-16", Encoding.Unicode.GetBytes($"\uFEFF[{Three(",")}]"), Never),
        new("an envelope", Encoding.UTF8.GetBytes($"{{\"totalCount\":3,\"studies\":[{Three(",")}],\"nextPageToken\":\"a}}]\"}}"), Never),
        new("lines", Encoding.UTF8.GetBytes(Three("\n") + "\n"), BehindALine),
        new("lines of a night", Encoding.UTF8.GetBytes($"{{\"upsert\":{Rich("NCT00000001")}}}\n{{\"gone\":\"NCT00000002\"}}\n{{\"upsert\":{Rich("NCT00000003")}}}\n"), BehindALine),
    ];

    private static string Xml => Fixture.Set(
        Fixture.Article(101, "<ArticleTitle>H<sub>2</sub>O &amp; für &#x1F600;</ArticleTitle><Abstract><AbstractText Label='A'>x<![CDATA[<y>]]></AbstractText></Abstract>"),
        "<!-- a comment --><?an instruction?>",
        Fixture.Book(102, "<ArticleTitle>Chapter</ArticleTitle>", "<BookTitle>Book</BookTitle>"),
        "<DeleteCitation><PMID Version=\"1\">103</PMID><PMID Version=\"1\">104</PMID></DeleteCitation>",
        Fixture.Article(105));

    private static string Rich(string nctId) => Studies.Study(nctId, "für \\\"cells\\\\\\ud83d\\ude00", ",\"conditionsModule\":{\"conditions\":[\"{\",\"]\"]}");

    private static string Three(string between) => string.Join(between, Rich("NCT00000001"), Rich("NCT00000002"), Rich("NCT00000003"));

    private static bool Never(byte[] document, int length) => false;

    private static bool BehindALine(byte[] document, int length) => document[length] == '\n' || document[length - 1] == '\n';
}
