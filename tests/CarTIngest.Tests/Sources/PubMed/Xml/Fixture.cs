using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

/// <summary>Invented records in PubMed's shape, and the reader run over them to the end.</summary>
internal static class Fixture
{
    public const string Prolog = """
        <?xml version="1.0" ?>
        <!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">

        """;

    public static string Set(params string[] records) => $"{Prolog}<PubmedArticleSet>\n{string.Join('\n', records)}\n</PubmedArticleSet>\n";

    /// <summary>An article with a title, and whatever else is put into Article and behind it.</summary>
    public static string Article(long pmid, string inArticle = "<ArticleTitle>Cells.</ArticleTitle>", string behindArticle = "", string pubmedData = "") => $"""
        <PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID><Article PubModel="Print">{inArticle}</Article>{behindArticle}</MedlineCitation><PubmedData>{pubmedData}</PubmedData></PubmedArticle>
        """;

    public static string Book(long pmid, string inDocument, string inBook, string data = "") => $"""
        <PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID>{inDocument}<Book>{inBook}</Book></BookDocument><PubmedBookData>{data}</PubmedBookData></PubmedBookArticle>
        """;

    public static Task<IReadOnlyList<Reading>> ReadAsync(string document, DriftTally? drift = null) => ReadAsync(Encoding.UTF8.GetBytes(document), drift);

    public static Task<IReadOnlyList<Reading>> ReadAsync(byte[] document, DriftTally? drift = null) => ReadAsync(new MemoryStream(document), drift);

    public static async Task<IReadOnlyList<Reading>> ReadAsync(Stream document, DriftTally? drift = null)
    {
        var readings = new List<Reading>();
        await foreach (var reading in PubMedXml.ReadAsync(document, drift ?? new DriftTally(), CancellationToken.None))
        {
            readings.Add(reading with { Bytes = reading.Bytes.ToArray() });
        }

        return readings;
    }

    /// <summary>The only record of a document, which must be a publication.</summary>
    public static async Task<Publication> OnlyAsync(string record) => Publication(Assert.Single(await ReadAsync(Set(record))));

    public static Publication Publication(Reading reading) =>
        Assert.IsType<Publication>(Assert.IsType<ReadRecord>(reading).Record);

    public static UnreadableRecord Unreadable(Reading reading) => Assert.IsType<UnreadableRecord>(reading);

    public static string Text(Reading reading) => Encoding.UTF8.GetString(reading.Bytes.Span);

    /// <summary>One letter a reading: its PMID, D and the PMID, or an exclamation mark.</summary>
    public static string Sketch(IEnumerable<Reading> readings) => string.Join(' ', readings.Select(reading => reading switch
    {
        ReadRecord { Record: Publication publication } => $"{publication.Pmid}",
        ReadRecord { Record: DeletedRecord deleted } => $"D{deleted.Pmid}",
        _ => "!",
    }));
}
