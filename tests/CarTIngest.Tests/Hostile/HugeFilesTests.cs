using System.IO.Compression;
using System.Text;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Hostile;

/// <summary>Records at and over the cap, through the built process: the neighbours are read and memory stays below what the contract lets <c>parse</c> take.</summary>
public sealed class HugeFilesTests : IDisposable
{
    private const int RecordCap = 32 * 1024 * 1024;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-huge-");

    [Fact]
    public async Task A_text_of_two_gigabytes_in_a_small_gzip_costs_one_article()
    {
        var path = Bomb("bomb.xml.gz", $"<PubmedArticleSet>{Fixture.Article(1)}{Halves.Article.Before}", $"{Halves.Article.Behind}{Fixture.Article(3)}</PubmedArticleSet>");
        Refuses(await ParsedAsProcess.RunAsync(path), ["pmid:1", "pmid:3"], "larger than the 32 MiB", "pmid:2");
    }

    [Fact]
    public async Task A_text_of_two_gigabytes_in_a_small_gzip_costs_one_study()
    {
        var path = Bomb("bomb.json.gz", $"[{Studies.Study("NCT00000001")},{Halves.Study.Before}", $"{Halves.Study.Behind},{Studies.Study("NCT00000003")}]");
        Refuses(await ParsedAsProcess.RunAsync(path), ["nct:NCT00000001", "nct:NCT00000003"], "longer than 32 MiB", "nct:NCT00000002");
    }

    [Fact]
    public async Task An_article_of_exactly_the_cap_is_read_and_one_byte_more_is_not()
    {
        var exact = Write("exact.xml", $"<PubmedArticleSet>{Fixture.Article(1)}{Halves.Article.Of(RecordCap)}{Fixture.Article(3)}</PubmedArticleSet>");
        Reads(await ParsedAsProcess.RunAsync(exact), ["pmid:1", "pmid:2", "pmid:3"]);
        var above = Write("above.xml", $"<PubmedArticleSet>{Fixture.Article(1)}{Halves.Article.Of(RecordCap + 1)}{Fixture.Article(3)}</PubmedArticleSet>");
        Refuses(await ParsedAsProcess.RunAsync(above), ["pmid:1", "pmid:3"], "larger than the 32 MiB", "pmid:2");
    }

    [Theory]
    [InlineData("abcdefgh ")]
    [InlineData("abcdef\\n ")]
    public async Task A_study_of_exactly_the_cap_is_read_and_one_byte_more_is_not(string words)
    {
        var exact = Write("exact.json", $"[{Studies.Study("NCT00000001")},{Halves.Study.Of(RecordCap, words)},{Studies.Study("NCT00000003")}]");
        Reads(await ParsedAsProcess.RunAsync(exact), ["nct:NCT00000001", "nct:NCT00000002", "nct:NCT00000003"]);
        var above = Write("above.json", $"[{Studies.Study("NCT00000001")},{Halves.Study.Of(RecordCap + 1, words)},{Studies.Study("NCT00000003")}]");
        Refuses(await ParsedAsProcess.RunAsync(above), ["nct:NCT00000001", "nct:NCT00000003"], "longer than 32 MiB", "nct:NCT00000002");
    }

    [Fact]
    public async Task Three_such_records_in_a_row_take_little_more_than_one()
    {
        var path = Write("three.xml", $"<PubmedArticleSet>{string.Concat(Enumerable.Repeat(Halves.Article.Of(RecordCap), 3))}</PubmedArticleSet>");
        var parsed = await ParsedAsProcess.RunAsync(path);
        Assert.Equal(["pmid:2", "pmid:2", "pmid:2"], parsed.Ids);
        Assert.Equal(0, parsed.ExitCode);
        // A record is held until the next one is asked for: beside its text, the bytes of the next.
        Assert.True(parsed.PeakBytes is > 0 and <= ParsedAsProcess.Cap + (16 * 1024 * 1024), $"{parsed.PeakBytes >> 20} MiB were resident");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Reads(ParsedAsProcess parsed, string[] ids)
    {
        Assert.Equal(ids, parsed.Ids);
        Assert.Empty(parsed.Reasons);
        Assert.Equal(0, parsed.ExitCode);
        HoldsLittle(parsed);
    }

    private static void Refuses(ParsedAsProcess parsed, string[] others, string says, string id)
    {
        Assert.Equal(others, parsed.Ids);
        var line = Assert.Single(parsed.Quarantined);
        Assert.Contains(says, line.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(id, line.GetProperty("id").GetString());
        Assert.Equal(3, parsed.ExitCode);
        HoldsLittle(parsed);
    }

    private static void HoldsLittle(ParsedAsProcess parsed)
    {
        Assert.Equal("", parsed.Errors);
        // The runtime's own pages come and go by a few MiB from run to run.
        Assert.True(parsed.PeakBytes is > 0 and <= ParsedAsProcess.Cap + (6 * 1024 * 1024), $"{parsed.PeakBytes >> 20} MiB were resident");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Gzip members one behind the other are one file: the same 64 MiB, packed once, stand 32 times between a beginning and an end.</summary>
    private string Bomb(string name, string before, string behind)
    {
        var path = Path.Combine(folder.FullName, name);
        var filler = Packed(Enumerable.Repeat((byte)'a', 64 * 1024 * 1024).ToArray());
        using var file = File.Create(path);
        file.Write(Packed(Encoding.UTF8.GetBytes(before)));
        for (var i = 0; i < 32; i++)
        {
            file.Write(filler);
        }

        file.Write(Packed(Encoding.UTF8.GetBytes(behind)));
        Assert.True(file.Length < 10 * 1024 * 1024, "the bomb is small");
        return path;
    }

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A record before and behind its one long text.</summary>
    private sealed record Halves(string Before, string Behind)
    {
        public static Halves Article { get; } = Cut(Fixture.Article(2, "<ArticleTitle>Cells.</ArticleTitle><Abstract><AbstractText>|</AbstractText></Abstract>"));

        public static Halves Study { get; } = Cut(Studies.Study("NCT00000002", more: ",\"descriptionModule\":{\"briefSummary\":\"|\"}"));

        /// <summary>The record with so much text that it has so many bytes.</summary>
        public string Of(int bytes, string words = "abcdefgh ")
        {
            var room = bytes - Before.Length - Behind.Length;
            return Before + string.Concat(Enumerable.Repeat(words, room / words.Length)) + new string('x', room % words.Length) + Behind;
        }

        private static Halves Cut(string record) => record.Split('|') is [var before, var behind] ? new(before, behind) : throw new ArgumentException("One bar was expected.", nameof(record));
    }
}
