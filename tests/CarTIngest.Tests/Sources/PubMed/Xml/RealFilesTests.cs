using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

/// <summary>Over every real file of the shared data: as many records as end tags, and nothing that the DTD does not know.</summary>
public sealed partial class RealFilesTests
{
    private static readonly string[] NoPubMedXml = ["no_pubmedarticleset.xml"];

    [SkippableFact]
    public async Task Gives_as_many_records_as_there_are_end_tags_and_finds_no_drift()
    {
        var folder = Shared.Data("pubmed");
        var files = Directory.EnumerateFiles(folder, "*.xml*", SearchOption.AllDirectories).Where(file => !NoPubMedXml.Contains(Path.GetFileName(file))).ToList();
        Assert.True(files.Count > 100, $"only {files.Count} files");
        foreach (var file in files)
        {
            var document = await BytesAsync(file);
            var drift = new DriftTally();
            var readings = await Fixture.ReadAsync(document, drift);
            var text = Comments().Replace(Encoding.UTF8.GetString(document), "");
            var wanted = RecordEnds().Count(text) + (Deletions().Match(text) is { Success: true } match ? Pmids().Count(match.Value) : 0);

            Assert.All(readings, reading => Assert.True(reading is ReadRecord, $"{file}: {(reading as UnreadableRecord)?.Reason}"));
            Assert.True(wanted == readings.Count, $"{file}: {wanted} end tags, {readings.Count} records");
            Assert.True(drift.Counts.Count == 0, $"{file}: {string.Join(", ", drift.Counts.Keys)}");
        }
    }

    [SkippableTheory]
    [InlineData("pubmed/biopython/pubmed3.html", "The file is an HTML page, not PubMed XML.")]
    [InlineData("pubmed/ncbiutils/no_pubmedarticleset.xml", "The file's root is rss, not PubmedArticleSet.")]
    [InlineData("eutils/quoted/efetch_history_expired.xml", "The file's root is eFetchResult, not PubmedArticleSet; it says “")]
    public async Task Says_what_a_file_is_that_is_no_PubMed_XML(string file, string reason)
    {
        var reading = Assert.Single(await Fixture.ReadAsync(await BytesAsync(Shared.Data(file))));
        Assert.StartsWith(reason, Fixture.Unreadable(reading).Reason, StringComparison.Ordinal);
    }

    private static async Task<byte[]> BytesAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        await using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Comments();

    [GeneratedRegex("</Pubmed(Book)?Article>", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex RecordEnds();

    [GeneratedRegex("<DeleteCitation>.*</DeleteCitation>", RegexOptions.Singleline | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Deletions();

    [GeneratedRegex("</PMID>", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Pmids();
}
