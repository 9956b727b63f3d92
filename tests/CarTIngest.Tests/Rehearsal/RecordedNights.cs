using System.IO.Compression;
using System.Text;
using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Tests.Rehearsal;

/// <summary>A folder of invented nights, and the lines to write them with.</summary>
internal sealed class RecordedNights : IDisposable
{
    public static readonly DateOnly First = new(2031, 3, 1);
    public static readonly DateOnly Second = new(2031, 3, 2);
    public static readonly DateOnly Third = new(2031, 3, 4);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cartingest-nights-");

    public string Registry => Path.Combine(root.FullName, "registry");

    public string PubMed => Path.Combine(root.FullName, "pubmed");

    public static string Article(int pmid, string entrez = "2031/2/27", string pubmed = "2031/2/27", int version = 1, string mesh = "", string title = "Invented cells in an invented disease") =>
        $"""
        <PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{version}">{pmid}</PMID><Article><ArticleTitle>{title}</ArticleTitle></Article>{mesh}<CommentsCorrectionsList><CommentsCorrections RefType="Cites"><PMID Version="1">1</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation><PubmedData><History>{Dated("entrez", entrez)}{Dated("pubmed", pubmed)}</History></PubmedData></PubmedArticle>
        """;

    public static string Mesh => "<MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN=\"N\">Humans</DescriptorName></MeshHeading></MeshHeadingList>";

    public static string Book(int pmid) => $"<PubmedBookArticle><BookDocument><PMID Version=\"1\">{pmid}</PMID><Book><BookTitle>An invented book</BookTitle></Book></BookDocument></PubmedBookArticle>";

    public static string Delete(params int[] pmids) => $"<DeleteCitation>{string.Concat(pmids.Select(pmid => $"<PMID Version=\"1\">{pmid}</PMID>"))}</DeleteCitation>";

    public static string Set(params string[] records) =>
        "<?xml version=\"1.0\" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD PubMedArticle, 1st January 2025//EN\" \"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd\">\n"
        + $"<PubmedArticleSet>\n{string.Join('\n', records)}\n</PubmedArticleSet>\n";

    public static string Study(string nctId, string updated = "2031-02-20", string posted = "2030-01-05", int enrollment = 12, string more = "") =>
        $$$$"""
        {"protocolSection":{"identificationModule":{"nctId":"{{{{nctId}}}}","briefTitle":"Invented study {{{{nctId}}}}"},"statusModule":{"overallStatus":"RECRUITING","studyFirstPostDateStruct":{"date":"{{{{posted}}}}"},"lastUpdatePostDateStruct":{"date":"{{{{updated}}}}"}},"designModule":{"enrollmentInfo":{"count":{{{{enrollment}}}}}}},"hasResults":false{{{{more}}}}}
        """;

    public static string Upsert(string study) => $"{{\"upsert\":{study}}}";

    public static string Gone(string nctId) => $"{{\"gone\":\"{nctId}\"}}";

    public static string Merged(string alias, string into) => $"{{\"alias\":\"{alias}\",\"of\":\"{into}\"}}";

    public RecordedNights Full(DateOnly night, params string[] studies) => Write(Registry, $"{night:yyyy-MM-dd}.full.jsonl", string.Join('\n', studies) + "\n");

    public RecordedNights Changes(DateOnly night, params string[] changes) => Write(Registry, $"{night:yyyy-MM-dd}.changes.jsonl", string.Join('\n', changes) + "\n");

    public RecordedNights Update(DateOnly night, params string[] records) => Write(PubMed, $"{night:yyyy-MM-dd}.xml", Set(records));

    public RecordedNights Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
        return this;
    }

    public string WritePlain(string name, string text)
    {
        var path = Path.Combine(root.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string WritePacked(string folder, string name, string text, int cut = 0)
    {
        Directory.CreateDirectory(folder);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, packed.ToArray()[..^cut]);
        return path;
    }

    /// <summary>Both folders, those that were written.</summary>
    public Task<RehearsalCorpus> LoadAsync(params string[] more) => RehearsalCorpus.LoadAsync(
        Directory.Exists(Registry) ? Registry : null, [.. more, .. Directory.Exists(PubMed) ? [PubMed] : Array.Empty<string>()], First, CancellationToken.None);

    public void Dispose()
    {
        root.Refresh();
        if (root.Exists)
        {
            root.Delete(recursive: true);
        }
    }

    private static string Dated(string status, string date)
    {
        var parts = date.Split('/');
        return $"<PubMedPubDate PubStatus=\"{status}\"><Year>{parts[0]}</Year><Month>{parts[1]}</Month><Day>{parts[2]}</Day></PubMedPubDate>";
    }
}
