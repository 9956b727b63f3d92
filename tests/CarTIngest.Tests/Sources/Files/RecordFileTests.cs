using System.Diagnostics;
using System.Text;
using CarTIngest.Sources;
using CarTIngest.Sources.Files;

namespace CarTIngest.Tests.Sources.Files;

public sealed class RecordFileTests : IDisposable
{
    private const string Publications = "pmid:90000001 pmid:90000002";
    private const string Trials = "nct:NCT99000001 nct:NCT99000002";

    private readonly InventedFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("records.xml")]
    [InlineData("records.json")]
    [InlineData("records.xml.gz")]
    [InlineData("records")]
    public async Task Tells_a_format_by_its_content_and_never_by_its_name(string name)
    {
        await GivesAsync(files.Write(name, InventedFiles.Xml), Publications);
        await GivesAsync(files.Write(name, InventedFiles.Json), Trials);
        await GivesAsync(files.Write(name, InventedFiles.Packed(InventedFiles.Xml)), Publications);
        await GivesAsync(files.Write(name, InventedFiles.Packed(InventedFiles.Json)), Trials);
    }

    [Fact]
    public async Task Reads_one_study_an_array_and_json_lines()
    {
        var (one, two) = (InventedFiles.Study("NCT99000001"), InventedFiles.Study("NCT99000002"));

        await GivesAsync(files.Write("one", one), "nct:NCT99000001");
        await GivesAsync(files.Write("array", $"[{one},{two}]"), Trials);
        await GivesAsync(files.Write("lines", $"{one}\n{two}\n"), Trials);
        await GivesAsync(files.Write("white", $" \r\n\t{one}"), "nct:NCT99000001");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Reads_a_file_with_a_byte_order_mark(string encoding)
    {
        var marked = Encoding.GetEncoding(encoding);

        await GivesAsync(files.Write("x", [.. marked.GetPreamble(), .. marked.GetBytes(InventedFiles.Xml)]), Publications);
        await GivesAsync(files.Write("j", [.. marked.GetPreamble(), .. marked.GetBytes(InventedFiles.Json)]), Trials);
        await GivesAsync(files.Write("jz", InventedFiles.Packed([.. marked.GetPreamble(), .. marked.GetBytes(InventedFiles.Json)])), Trials);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\t ", "empty")]
    [InlineData("PMID- 90000001\nTI  - Invented", "neither PubMed XML nor study JSON")]
    [InlineData("\"a text\"", "neither PubMed XML nor study JSON")]
    [InlineData("\u001f", "neither PubMed XML nor study JSON")]
    public async Task Says_of_a_file_that_holds_no_records_what_it_is(string text, string says)
    {
        await RefusesAsync(files.Write("plain", text), says);
        await RefusesAsync(files.Write("packed", InventedFiles.Packed(text)), says);
    }

    [Fact]
    public async Task Says_of_long_white_space_that_nothing_else_is_there_at_the_beginning() => await RefusesAsync(files.Write("white", new string('\n', 5000)), "white space");

    [Theory]
    [InlineData("<!doctype html><html><body>503 Service Unavailable</body></html>")]
    [InlineData("<eSearchResult><ERROR>Search Backend failed</ERROR></eSearchResult>")]
    [InlineData("""{"error":"API rate limit exceeded"}""")]
    public async Task An_error_page_is_unreadable_and_never_an_empty_set(string text)
    {
        var read = await InventedFiles.ReadAsync(files.Write("page", text));

        Assert.Equal("", read.Ids);
        Assert.Single(read.Faults);
    }

    [Fact]
    public async Task Goes_on_after_a_record_that_cannot_be_read()
    {
        var read = await InventedFiles.ReadAsync(files.Write("lines", InventedFiles.Study("NCT99000001") + "\n{\"protocolSection\":{}}\n" + InventedFiles.Study("NCT99000002")));

        Assert.Equal(Trials, read.Ids);
        Assert.Single(read.Faults);
    }

    [SkippableFact]
    public async Task Reads_a_pipe_which_can_be_read_but_once()
    {
        Shared.Require(!OperatingSystem.IsWindows(), "there are no named pipes here");
        var pipe = Path.Combine(files.Folder, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        foreach (var (bytes, ids) in new[] { (InventedFiles.Packed(InventedFiles.Xml), Publications), (Encoding.UTF8.GetBytes(InventedFiles.Json), Trials) })
        {
            var reading = Task.Run(() => InventedFiles.ReadAsync(pipe));
            await using (var writing = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)))
            {
                await writing.WriteAsync(bytes);
            }

            var read = await reading;
            Assert.Empty(read.Faults);
            Assert.Equal(ids, read.Ids);
        }
    }

    [Fact]
    public void Names_the_reader_of_each_source()
    {
        var readers = SourcesSetup.Files();

        Assert.StartsWith("pubmed-xml/", readers.ReaderVersionOf("pubmed"), StringComparison.Ordinal);
        Assert.NotEqual(readers.ReaderVersionOf("pubmed"), readers.ReaderVersionOf("clinicaltrials"));
    }

    [Fact]
    public void Expands_a_file_to_itself_hidden_or_not()
    {
        var hidden = files.Write(".hidden.xml", InventedFiles.Xml);

        Assert.Equal([hidden], RecordFile.Expand(hidden));
    }

    [Fact]
    public void Expands_a_folder_in_the_order_of_paths_without_what_is_hidden()
    {
        foreach (var name in new[] { "b.xml", "a/2.json", "a/1.json", "B.xml", ".git/config", "a/.part", "c/.cache/x.xml", "10.xml", "9.xml" })
        {
            files.Write(name, InventedFiles.Xml);
        }

        Assert.Equal(["10.xml", "9.xml", "B.xml", "a/1.json", "a/2.json", "b.xml"], RecordFile.Expand(files.Folder).Select(path => Path.GetRelativePath(files.Folder, path).Replace('\\', '/')));
    }

    [Fact]
    public void Expands_an_empty_folder_to_nothing() => Assert.Empty(RecordFile.Expand(files.Folder));

    [Fact]
    public void Names_a_path_that_does_not_exist()
    {
        var absent = Path.Combine(files.Folder, "absent.xml");

        Assert.Contains("absent.xml", Assert.Throws<FileNotFoundException>(() => RecordFile.Expand(absent)).Message, StringComparison.Ordinal);
    }

    private static async Task GivesAsync(string path, string ids)
    {
        var read = await InventedFiles.ReadAsync(path);
        Assert.Empty(read.Faults);
        Assert.Equal(ids, read.Ids);
    }

    private static async Task RefusesAsync(string path, string says)
    {
        var read = await InventedFiles.ReadAsync(path);
        Assert.Equal("", read.Ids);
        Assert.Contains(says, Assert.Single(read.Faults), StringComparison.Ordinal);
    }
}
