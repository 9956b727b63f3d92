using System.Text;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Hostile;

/// <summary>One bad record of a format, and words that the sentence about it must hold.</summary>
internal sealed record HostileRecord(string Kind, byte[] Bytes, string Says)
{
    public HostileRecord(string kind, string text, string says)
        : this(kind, Encoding.UTF8.GetBytes(text), says)
    {
    }

    private const int Deep = 200_000;

    /// <summary>Articles of PubMed XML. Where the kind needs declarations, <see cref="HostileFile"/> brings them.</summary>
    public static IReadOnlyList<HostileRecord> Articles { get; } =
    [
        new("an entity bomb", Titled("&lol9;"), "undeclared entity 'lol9'"),
        new("an external entity", Titled("&file;&web;"), "undeclared entity"),
        new("200,000 nested elements", Titled(string.Concat(Enumerable.Repeat("<i>", Deep)) + string.Concat(Enumerable.Repeat("</i>", Deep))), "nested deeper than 256"),
        new("200,000 elements that never end", Titled(string.Concat(Enumerable.Repeat("<i>", Deep))), "nested deeper than 256"),
        new("a control character", Titled("a\u0001b"), "0x01"),
        new("a NUL", Titled("a\0b"), "0x00"),
        new("a NUL by reference", Titled("a&#0;b"), "0x00"),
        new("half a character by reference", Titled("a&#xD800;b"), "XML"),
        new("bytes of Latin-1", [.. Encoding.Latin1.GetBytes(Titled("für"))], "encoding"),
        new("overlong UTF-8", [.. Encoding.UTF8.GetBytes(Titled("|").Split('|')[0]), 0xC0, 0xAF, .. Encoding.UTF8.GetBytes(Titled("|").Split('|')[1])], "encoding"),
        new("a doctype inside", Titled("<!DOCTYPE x [<!ENTITY a 'b'>]>&a;"), "XML"),
        new("one attribute twice", Titled("<i a='1' a='2'>x</i>"), "duplicate attribute"),
        new("one attribute of two million characters", Titled($"<i a='{new string('>', 2_000_000)}'>x</i>"), "longer than 1 MiB"),
        new("a million elements", Titled(string.Concat(Enumerable.Repeat("<i/>", 1_000_000))), "more than 200000 elements"),
        new("half a million authors", Fixture.Article(77, $"<AuthorList>{string.Concat(Enumerable.Repeat("<Author><LastName>a</LastName></Author>", 500_000))}</AuthorList>"), "more than 200000 elements"),
        new("no end tag", Fixture.Article(77).Replace("</PubmedArticle>", "", StringComparison.Ordinal), "end tag of PubmedArticle is missing"),
        new("a comment that never ends", Fixture.Article(77).Replace("<Article ", "<!-- <Article ", StringComparison.Ordinal), "XML"),
        new("PMID 0", WithPmid("0"), "is “0”, which is no PMID"),
        new("a negative PMID", WithPmid("-5"), "is “-5”, which is no PMID"),
        new("a PMID of 30 digits", WithPmid(new string('9', 30)), "which is no PMID"),
        new("a PMID in full-width digits", WithPmid("１２３"), "which is no PMID"),
        new("an NCT number for a PMID", WithPmid("NCT01234567"), "which is no PMID"),
        new("no PMID", "<PubmedArticle><MedlineCitation/></PubmedArticle>", "has no MedlineCitation/PMID"),
        new("another element", "<Surprise>1</Surprise>", "unknown element, Surprise"),
        new("text", "surprise", "Text stands between the records"),
    ];

    /// <summary>Studies of the registry.</summary>
    public static IReadOnlyList<HostileRecord> StudyValues { get; } =
    [
        new("null", "null", "null"),
        new("a number", "42", "text: '42'"),
        new("a text", "\"study\"", "no study"),
        new("an empty list", "[]", "a list"),
        new("an empty object", "{}", "no protocolSection"),
        new("a null section", "{\"protocolSection\":null}", "no protocolSection"),
        new("a null module", "{\"protocolSection\":{\"identificationModule\":null}}", "no protocolSection"),
        new("200,000 nested lists", $"{{\"protocolSection\":{new string('[', Deep)}{new string(']', Deep)}}}", "nested deeper than 256"),
        new("200,000 lists that never end", $"{{\"protocolSection\":{new string('[', Deep)}", "study"),
        new("one key twice", Studies.Study("NCT00000077").Replace("\"nctId\"", "\"nctId\":\"NCT00000078\",\"nctId\"", StringComparison.Ordinal), "uplicate"),
        new("a date that is NaN", Dated("NaN"), "cannot be read"),
        new("a control character", Studies.Study("NCT00000077", "a\u0001b"), "0x01"),
        new("a NUL", Studies.Study("NCT00000077", "a\0b"), "0x00"),
        new("half a character", Studies.Study("NCT00000077", "a\\ud800b"), "half a character"),
        new("half a character in a name", Studies.Study("NCT00000077", more: ",\"a\\udc00\":1"), "half a character"),
        new("halves the wrong way about", Studies.Study("NCT00000077", "a\\udc00\\ud800b"), "half a character"),
        new("bytes of Latin-1", [.. Encoding.Latin1.GetBytes(Studies.Study("NCT00000077", "für"))], "not UTF-8"),
        new("three million numbers", Studies.Study("NCT00000077", more: $",\"conditionsModule\":{{\"conditions\":[{string.Concat(Enumerable.Repeat("1,", 3_000_000))}1]}}"), "more than 300000 values"),
        new("a hundred thousand members", Studies.Study("NCT00000077", more: string.Concat(Enumerable.Range(0, 100_000).Select(i => $",\"a{i}\":1"))), "more than 10000 members"),
        new("a text where a module should be", "{\"protocolSection\":\"x\"}", "cannot be read"),
        new("NCT00000000", Studies.Study("NCT00000000"), "'NCT00000000' is no NCT number"),
        new("an NCT number of seven digits", Studies.Study("NCT0000001"), "is no NCT number"),
        new("an NCT number of nine digits", Studies.Study("NCT000000010"), "is no NCT number"),
        new("an NCT number in full-width digits", Studies.Study("NCT０００００００１"), "is no NCT number"),
        new("a number for an NCT number", Studies.Study("NCT00000077").Replace("\"NCT00000077\"", "77", StringComparison.Ordinal), "is no NCT number"),
        new("no closing bracket", Studies.Study("NCT00000077")[..^1], "does not end before the next record"),
        new("no closing quote", Studies.Study("NCT00000077").Replace("Cells\"", "Cells", StringComparison.Ordinal), "study"),
    ];

    private static string Titled(string title) => Fixture.Article(77, $"<ArticleTitle>{title}</ArticleTitle>");

    private static string WithPmid(string pmid) => Fixture.Article(77).Replace(">77<", $">{pmid}<", StringComparison.Ordinal);

    private static string Dated(string date) => Studies.Study("NCT00000077").Replace("\"2026-05-01\"", date, StringComparison.Ordinal);
}
