using CarTIngest.Tests.Sources.Files;

namespace CarTIngest.Tests.Host.Commands;

public sealed class ParseCommandTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Writes_a_line_a_record_by_the_contract()
    {
        cartingest.Write("a.xml", InventedRecords.Set);
        cartingest.Write("b.json", InventedRecords.Study);

        var answered = (await cartingest.RunAsync("parse", "a.xml", "b.json")).Ends(0);

        Assert.Equal([InventedRecords.ArticleLine, InventedRecords.BookLine, """{"kind":"deleted","pmid":90000009}""", InventedRecords.StudyLine], answered.Lines);
        Assert.EndsWith("}\n", answered.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_what_cannot_be_read_as_a_line_goes_on_and_says_partial()
    {
        cartingest.Write("1.html", "<!doctype html><html><body>503</body></html>");
        cartingest.Write("2.json", """{"protocolSection":{"identificationModule":{"nctId":"NCT99000005"},"statusModule":[]}}""" + "\n" + InventedRecords.Study);
        cartingest.Write("3.xml", "");

        var answered = (await cartingest.RunAsync("parse", ".")).Ends(3);

        Assert.Equal(4, answered.Json.Count);
        Assert.Equal("kind source offset reason", Answered.Members(answered.Json[0]));
        Assert.Equal("kind source offset id reason", Answered.Members(answered.Json[1]));
        Assert.Equal("nct:NCT99000005", answered.Json[1].GetProperty("id").GetString());
        Assert.Equal(InventedRecords.StudyLine, answered.Lines[2]);
        Assert.Equal("3.xml", Path.GetFileName(answered.Json[3].GetProperty("source").GetString()));
        Assert.All([answered.Json[0], answered.Json[1], answered.Json[3]], line =>
        {
            Assert.Equal("quarantined", line.GetProperty("kind").GetString());
            Assert.InRange(line.GetProperty("offset").GetInt64(), 0, 40);
            Assert.NotEqual("", line.GetProperty("reason").GetString());
        });
    }

    [Fact]
    public async Task Names_the_file_as_the_caller_did()
    {
        cartingest.Write("sub/page.xml", "no xml");

        var answered = (await cartingest.RunAsync("parse", "sub/page.xml")).Ends(3);

        Assert.Equal("sub/page.xml", Assert.Single(answered.Json).GetProperty("source").GetString());
    }

    [Fact]
    public async Task Reads_what_is_packed_and_tells_what_is_cut()
    {
        var packed = InventedFiles.Packed(InventedRecords.Set);
        await File.WriteAllBytesAsync(Path.Combine(cartingest.Folder, "whole"), packed);
        await File.WriteAllBytesAsync(Path.Combine(cartingest.Folder, "cut.gz"), packed[..^3]);

        Assert.Equal(3, (await cartingest.RunAsync("parse", "whole")).Ends(0).Lines.Count);
        var cut = (await cartingest.RunAsync("parse", "cut.gz")).Ends(3);
        Assert.Equal(4, cut.Lines.Count);
        Assert.Equal("quarantined", cut.Json[3].GetProperty("kind").GetString());
    }

    [SkippableFact]
    public async Task Reads_a_pipe_and_goes_on_to_its_end_when_it_is_terminated()
    {
        var pipe = await cartingest.PipeAsync("pipe");
        using var parsing = cartingest.Start("parse", "pipe");
        var packed = InventedFiles.Packed(InventedRecords.Set);
        await using (var writing = await Cartingest.WriteIntoAsync(pipe))
        {
            await writing.WriteAsync(packed.AsMemory(0, 100));
            await parsing.SignalAsync("TERM");
            await writing.WriteAsync(packed.AsMemory(100));
        }

        var answered = (await parsing.EndAsync()).Ends(0);

        Assert.Equal([InventedRecords.ArticleLine, InventedRecords.BookLine, """{"kind":"deleted","pmid":90000009}"""], answered.Lines);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(cartingest.Temporary), left => Path.GetFileName(left).StartsWith("cartingest-", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_second_signal_ends_it_at_once()
    {
        var pipe = await cartingest.PipeAsync("pipe");
        using var parsing = cartingest.Start("parse", "pipe");
        await using var writing = await Cartingest.WriteIntoAsync(pipe);
        await parsing.SignalAsync("TERM");
        await Task.Delay(500);

        await parsing.SignalAsync("TERM");

        Assert.Equal("", (await parsing.EndAsync()).Ends(143).Out);
    }

    [Fact]
    public async Task Tells_what_the_reader_did_not_know_on_stderr_alone()
    {
        cartingest.Write("new.xml", InventedRecords.Set.Replace("<ArticleTitle>", "<Novelty/><ArticleTitle>", StringComparison.Ordinal));

        var answered = (await cartingest.RunAsync("parse", "new.xml")).Ends(0);

        Assert.Contains("Novelty", answered.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Novelty", answered.Out, StringComparison.Ordinal);
    }
}
