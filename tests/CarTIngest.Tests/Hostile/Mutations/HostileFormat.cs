using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Files;
using CarTIngest.Sources.PubMed.Xml;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;
using RecordReader = CarTIngest.Sources.Files.RecordReader;

namespace CarTIngest.Tests.Hostile.Mutations;

/// <summary>One format as the mutator knows it.</summary>
/// <param name="Read">The reader under test.</param>
/// <param name="Records">Invented records by number and words; what stands at its start tells a record that begins.</param>
/// <param name="Forms">What stands before, between and behind the records, one row a form of document.</param>
/// <param name="Tokens">What a mutation may insert.</param>
internal sealed record HostileFormat(
    RecordReader Read,
    IReadOnlyList<Func<int, string, string>> Records,
    IReadOnlyList<string> Starts,
    IReadOnlyList<(string Before, string Between, string Behind)> Forms,
    IReadOnlyList<string> Tokens,
    string Opening,
    string Closing,
    bool IsXml)
{
    public static HostileFormat Xml { get; } = new(
        PubMedXml.ReadAsync,
        [
            (number, words) => Fixture.Article(number, $"<ArticleTitle>{words}<sub>2</sub></ArticleTitle><Abstract><AbstractText Label=\"A\">{words}</AbstractText></Abstract><AuthorList><Author ValidYN='Y'><LastName>{words}</LastName></Author></AuthorList>", "<MeshHeadingList><MeshHeading><DescriptorName UI=\"D1\">Humans</DescriptorName></MeshHeading></MeshHeadingList>", "<ArticleIdList><ArticleId IdType='doi'>10.1234/a</ArticleId></ArticleIdList>"),
            (number, words) => Fixture.Article(number, $"<!-- {words} --><ArticleTitle><![CDATA[{words}]]></ArticleTitle><Journal><JournalIssue><PubDate><Year>2026</Year></PubDate></JournalIssue></Journal>"),
            (number, words) => Fixture.Book(number, $"<ArticleTitle>{words}</ArticleTitle>", $"<BookTitle>{words}</BookTitle>"),
            (number, _) => $"<DeleteCitation><PMID Version=\"1\">{number}</PMID></DeleteCitation>",
        ],
        ["<PubmedArticle>", "<PubmedBookArticle>", "<DeleteCitation>"],
        [(Fixture.Prolog + "<PubmedArticleSet>", "\n", "</PubmedArticleSet>\n"), ("<PubmedArticleSet>", "", "</PubmedArticleSet>"), ("\uFEFF<PubmedArticleSet>\n", "<!-- between --><?and?>", "\n</PubmedArticleSet><!-- end -->")],
        ["<", ">", "&", "&amp;", "&#0;", "&#xD800;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "</", "/>", "\"", "'", "<PMID>", "</PMID>", "<PMID>0</PMID>", "</MedlineCitation>", "<ArticleTitle>", "xmlns:a='b' ", "<a:b/>", "<mml:math/>", "\0", "\u0001", "\uFFFF", "\r\n", "＞"],
        "<i>",
        "</i>",
        IsXml: true);

    public static HostileFormat Json { get; } = new(
        StudyJson.ReadAsync,
        [
            (number, words) => Studies.Study(Nct(number), words, $",\"conditionsModule\":{{\"conditions\":[\"{words}\",\"}}]\"]}},\"designModule\":{{\"enrollmentInfo\":{{\"count\":24,\"type\":\"ACTUAL\"}}}}"),
            (number, words) => Studies.Study(Nct(number), $"\\\"{words}\\\\\\ud83d\\ude00", ",\"referencesModule\":{\"references\":[{\"pmid\":\"1\"},{}]}"),
            (number, words) => $"{{ \"protocolSection\" : {{ \"identificationModule\" : {{ \"nctId\" : \"{Nct(number)}\" , \"briefTitle\" : \"{words}\" }} }} }}",
            (number, _) => $"{{\"gone\":\"{Nct(number)}\"}}",
        ],
        ["{\"protocolSection\"", "{ \"protocolSection\"", "{\"gone\""],
        [("[", ",", "]"), ("[\n", "\n,\n", "\n]\n"), ("{\"totalCount\":9,\"studies\":[", ",", "],\"nextPageToken\":\"]}\"}"), ("", "\n", "\n")],
        ["{", "}", "[", "]", "\"", "\\", ",", ":", "null", "true", "NaN", "1e999", "-", "\\u", "\\ud800", "\\udc00", "\"nctId\":\"NCT00000000\",", "\"studies\":[", "\"studies\":", "{\"a\":1}", "\0", "\u0001", "\n", "\u2028", "\uFEFF", "\u001e", "//", "{}", "[]", "\"protocolSection\":"],
        "{\"a\":[",
        "]}",
        IsXml: false);

    public bool BeginsRecord(ReadOnlySpan<byte> bytes)
    {
        foreach (var start in Starts)
        {
            if (bytes.TrimStart(" \t\r\n"u8).StartsWith(Encoding.UTF8.GetBytes(start)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Nct(int number) => $"NCT{number:00000000}";
}
