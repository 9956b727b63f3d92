using System.IO.Compression;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Sources.Files;

/// <summary>A folder of invented files and what the product's readers say to them.</summary>
internal sealed class InventedFiles : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cartingest-files-");

    public static string Xml { get; } = Articles(90000001, 90000002);

    public static string Json { get; } = """{"studies":[""" + Study("NCT99000001") + "," + Study("NCT99000002") + "]}";

    public string Folder => root.FullName;

    public static string Articles(params int[] pmids) =>
        "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n"
        + string.Concat(pmids.Select(pmid => $"<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">{pmid}</PMID><Article><ArticleTitle>Invented é {pmid}</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"))
        + "</PubmedArticleSet>\n";

    public static string Study(string nctId) => $$$$"""{"protocolSection":{"identificationModule":{"nctId":"{{{{nctId}}}}","briefTitle":"Invented é"}}}""";

    public static byte[] Packed(string text) => Packed(Encoding.UTF8.GetBytes(text));

    public static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The ids of the file's records in their order, and a sentence for each piece that could not be read.</summary>
    public static async Task<FileRead> ReadAsync(string path)
    {
        var ids = new List<string>();
        var faults = new List<string>();
        await foreach (var reading in SourcesSetup.Files().ReadAsync(path, new DriftTally(), CancellationToken.None))
        {
            if (reading is UnreadableRecord unreadable)
            {
                faults.Add(unreadable.Reason);
            }
            else
            {
                ids.Add(Assert.IsType<ReadRecord>(reading).Record.Id.Text);
            }
        }

        return new FileRead(string.Join(' ', ids), faults);
    }

    public void Dispose() => root.Delete(recursive: true);
}

internal sealed record FileRead(string Ids, IReadOnlyList<string> Faults);
