using System.IO.Compression;
using System.Text;
using CarTIngest.Tests.Sources.ClinicalTrials;
using CarTIngest.Tests.Sources.PubMed.Xml;

namespace CarTIngest.Tests.Hostile;

/// <summary>Whole files that are not what they seem, through the built process.</summary>
public sealed class WrongFilesTests : IDisposable
{
    private const string Title = "<ArticleTitle>für Zellen</ArticleTitle>";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-wrong-");

    public static TheoryData<string, byte[], string> Unreadable => new()
    {
        { "empty", [], "is empty" },
        { "white", Encoding.UTF8.GetBytes(new string(' ', 100)), "is empty" },
        { "page", "<!DOCTYPE html><html><body>Sorry</body></html>"u8.ToArray(), "HTML page" },
        { "archive", [0x50, 0x4B, 3, 4, 0, 0, 0, 0], "neither PubMed XML nor study JSON" },
        { "noise", [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))], "neither PubMed XML nor study JSON" },
        { "error", "<eFetchResult><ERROR>Empty id list</ERROR></eFetchResult>"u8.ToArray(), "Empty id list" },
        { "answer", "{\"error\":\"Service Unavailable\"}"u8.ToArray(), "Service Unavailable" },
        { "unknown-encoding", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"x-invented\"?>" + Fixture.Article(1)), "not known: x-invented" },
        { "no-gzip", [0x1f, 0x8b, 8, 0, 1, 2, 3], "cut" },
        { "gzip-in-gzip", Packed(Packed("<PubmedArticleSet/>"u8.ToArray())), "neither PubMed XML nor study JSON" },
        { "open-doctype", "<!DOCTYPE PubmedArticleSet [<!ENTITY a '<PubmedArticleSet>"u8.ToArray(), "ends inside its prolog" },
    };

    /// <summary>Encodings: declared, undeclared by mark or by shape, and lying; and which of two records come out.</summary>
    public static TheoryData<string, byte[], string> Encodings => new()
    {
        { "declared", Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + Set), "pmid:1 pmid:2" },
        { "utf16-mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Set)], "pmid:1 pmid:2" },
        { "utf16-no-mark", Encoding.BigEndianUnicode.GetBytes(Set), "pmid:1 pmid:2" },
        { "utf32-mark", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(Set)], "pmid:1 pmid:2" },
        { "undeclared", Encoding.Latin1.GetBytes(Set), "! pmid:2" },
        { "lies-utf8", Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + Set), "! pmid:2" },
        { "lies-utf16", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-16\"?>" + Set), "pmid:1 pmid:2" },
        { "lies-gb18030", [.. "<?xml version=\"1.0\" encoding=\"gb18030\"?><PubmedArticleSet>"u8, .. Encoding.UTF8.GetBytes(Fixture.Article(1, "<ArticleTitle>|</ArticleTitle>").Split('|')[0]), 0xFF, 0xFF, .. Encoding.UTF8.GetBytes(Fixture.Article(1, "<ArticleTitle>|</ArticleTitle>").Split('|')[1] + Fixture.Article(2) + "</PubmedArticleSet>")], "! pmid:2" },
        { "json-utf16-mark", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(List)], "nct:NCT00000001 nct:NCT00000002" },
        { "json-utf16-no-mark", Encoding.Unicode.GetBytes(List), "nct:NCT00000001 nct:NCT00000002" },
        { "json-latin1", Encoding.Latin1.GetBytes(List), "! nct:NCT00000002" },
        { "json-half-character", [.. Encoding.Unicode.GetBytes("\uFEFF" + List.Split('ü')[0]), 0x00, 0xD8, .. Encoding.Unicode.GetBytes(List.Split('ü')[1])], "! nct:NCT00000002" },
    };

    private static string Set => $"<PubmedArticleSet>{Fixture.Article(1, Title)}{Fixture.Article(2)}</PubmedArticleSet>";

    private static string List => $"[{Studies.Study("NCT00000001", "für Zellen")},{Studies.Study("NCT00000002")}]";

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Parse_says_in_one_line_what_is_wrong(string name, byte[] content, string says)
    {
        var parsed = await ParsedAsProcess.RunAsync(Write(name, content));
        Assert.Equal(3, parsed.ExitCode);
        Assert.Empty(parsed.Records);
        Assert.Contains(says, Assert.Single(parsed.Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", parsed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Parse_reads_what_the_bytes_say_and_names_what_they_do_not(string name, byte[] content, string expected)
    {
        var parsed = await ParsedAsProcess.RunAsync(Write(name, content));
        Assert.Equal(expected.Split(' ').Where(id => id != "!"), parsed.Ids);
        Assert.Equal(expected.StartsWith('!') ? 1 : 0, parsed.Reasons.Length);
        Assert.Equal(expected.StartsWith('!') ? 3 : 0, parsed.ExitCode);
        if (!expected.StartsWith('!'))
        {
            Assert.Equal("für Zellen", parsed.Records[0].GetProperty(name.StartsWith("json", StringComparison.Ordinal) ? "briefTitle" : "title").GetString());
        }
    }

    [Fact]
    public async Task A_date_that_is_the_text_NaN_is_left_out_and_told()
    {
        var parsed = await ParsedAsProcess.RunAsync(Write("nan.json", Encoding.UTF8.GetBytes(Studies.Study("NCT00000001").Replace("2026-05-01", "NaN", StringComparison.Ordinal))));
        Assert.Equal(0, parsed.ExitCode);
        Assert.False(Assert.Single(parsed.Records).TryGetProperty("lastUpdatePosted", out _));
        Assert.Contains("lastUpdatePostDateStruct.date (no date)", parsed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_reaches_the_terminal_without_control_characters()
    {
        var study = Studies.Study("NCT00000001", more: $",\"\\u001b[31m{new string('x', 5000)}\":1").Replace("RECRUITING", "\\u001b[2J", StringComparison.Ordinal);
        var parsed = await ParsedAsProcess.RunAsync(Write("drift.json", Encoding.UTF8.GetBytes(study)));
        Assert.Equal(0, parsed.ExitCode);
        Assert.DoesNotContain('\u001b', parsed.Errors);
        Assert.True(parsed.Errors.Length < 1000, $"{parsed.Errors.Length} characters on stderr");
    }

    [Fact]
    public async Task Wrong_files_beside_a_good_one_leave_it_whole()
    {
        foreach (var row in Unreadable)
        {
            Write((string)row[0], (byte[])row[1]);
        }

        Write("zz-good.xml", Encoding.UTF8.GetBytes(Set));
        var parsed = await ParsedAsProcess.RunAsync(folder.FullName);
        Assert.Equal(["pmid:1", "pmid:2"], parsed.Ids);
        Assert.Equal(Unreadable.Count, parsed.Reasons.Length);
        Assert.Equal(3, parsed.ExitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
