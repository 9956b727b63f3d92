using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>import, export, status, verify, migrate and search over one store.</summary>
public sealed partial class StoreCommandsTests : IDisposable
{
    private const string State = "^sha256:[0-9a-f]{64}$";

    private readonly Cartingest cartingest = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Imports_files_counts_them_and_finds_them_unchanged_the_second_time()
    {
        WriteRecords();

        var first = (await cartingest.RunAsync("import", "records", "--json")).Ends(0);
        Assert.Equal(
            ["""{"file":"records/a.xml","read":3,"new":2,"revised":0,"unchanged":1,"quarantined":0}""", """{"file":"records/b.json","read":1,"new":1,"revised":0,"unchanged":0,"quarantined":0}"""],
            first.Lines);
        Assert.True(File.Exists(Path.Combine(cartingest.Folder, "cartingest.db")));

        var second = (await cartingest.RunAsync("import", "records")).Ends(0);
        Assert.Equal(["file read new revised unchanged quarantined", "records/a.xml 3 0 0 3 0", "records/b.json 1 0 0 1 0"], Rows(second));
    }

    [Fact]
    public async Task Marks_what_the_team_knew_before()
    {
        cartingest.Write("known.json", InventedRecords.Study);
        (await cartingest.RunAsync("import", "known.json", "--baseline")).Ends(0);
        WriteRecords();
        (await cartingest.RunAsync("import", "records/a.xml")).Ends(0);

        var exported = (await cartingest.RunAsync("export", "--format", "jsonl", "--of", "all")).Ends(0).Lines;

        Assert.All(exported, line => Assert.Equal(line.Contains("\"kind\":\"trial\"", StringComparison.Ordinal), line.Contains("\"baseline\":true", StringComparison.Ordinal)));
        Assert.Equal(3, exported.Count);
    }

    [Fact]
    public async Task Counts_what_cannot_be_read_and_says_partial()
    {
        cartingest.Write("lines.json", InventedRecords.Study + "\n{\"protocolSection\":{}}\n");

        var answered = (await cartingest.RunAsync("import", "lines.json", "--json")).Ends(3);

        Assert.Equal("""{"file":"lines.json","read":1,"new":1,"revised":0,"unchanged":0,"quarantined":1}""", Assert.Single(answered.Lines));
        Assert.Equal(1, Assert.Single((await cartingest.CallAsync("status", "--json")).Ends(0).Json).GetProperty("quarantined").GetInt32());
    }

    [SkippableFact]
    public async Task Ends_after_the_file_in_progress_when_it_is_terminated_and_names_the_others()
    {
        var pipe = await cartingest.PipeAsync("first");
        cartingest.Write("second.json", InventedRecords.Study);
        using var importing = cartingest.Start("import", "first", "second.json", "--json");
        await using (var writing = await Cartingest.WriteIntoAsync(pipe))
        {
            await importing.SignalAsync("TERM");
            await writing.WriteAsync(System.Text.Encoding.UTF8.GetBytes(InventedRecords.Set));
        }

        var answered = (await importing.EndAsync()).Ends(0);

        Assert.Equal("""{"file":"first","read":3,"new":2,"revised":0,"unchanged":1,"quarantined":0}""", Assert.Single(answered.Lines));
        Assert.Contains("Not begun: second.json.", answered.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_ends_the_call_in_words()
    {
        WriteRecords();
        (await cartingest.RunAsync("import", "records")).Ends(0);
        var file = Path.Combine(cartingest.Folder, "cartingest.db");
        var bytes = await File.ReadAllBytesAsync(file);
        // The first page, which says what tables there are, stays as it is.
        bytes.AsSpan(4096).Fill(0x5a);
        await File.WriteAllBytesAsync(file, bytes);

        var answered = (await cartingest.RunAsync("export", "--format", "jsonl", "--of", "all")).Ends(7);

        Assert.StartsWith("The store is damaged: ", answered.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answered.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_the_lines_of_parse_with_the_dates_at_which_they_were_seen()
    {
        WriteRecords();
        await ImportAsync();

        var answered = (await cartingest.RunAsync("export", "--format", "jsonl", "--of", "all", "--store", "store")).Ends(0);

        Assert.Equal([InventedRecords.StudyLine, InventedRecords.ArticleLine, InventedRecords.BookLine], answered.Lines.Select(line => Seen().Replace(line, "}")));
        Assert.All(answered.Lines, line => Assert.Matches(Seen(), line));
    }

    [Fact]
    public async Task Tells_its_status_as_json_and_to_people()
    {
        WriteRecords();
        await ImportAsync();

        var answered = (await cartingest.CallAsync("status", "--json", "--store", "store")).Ends(0);

        Assert.Equal(
            """{"runs":[],"watermarks":{},"held":{"publications":2,"trials":1},"quarantined":0,"outbox":{"pending":0,"sent":0,"ambiguous":0,"refused":0},"watch":[]}""", Assert.Single(answered.Lines));
        Assert.Contains("2 publications, 1 trial.", (await cartingest.CallAsync("status", "--store", "store")).Ends(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifies_a_whole_store_with_a_state_that_is_the_same_however_it_came_to_be()
    {
        WriteRecords();
        await ImportAsync();
        var verified = (await cartingest.CallAsync("verify", "--json", "--store", "store")).Ends(0);
        var state = Assert.Single(verified.Json).GetProperty("state").GetString();

        Assert.StartsWith("""{"ok":true,"state":"sha256:""", verified.Out, StringComparison.Ordinal);
        Assert.Matches(State, state);
        (await cartingest.CallAsync("import", "records/b.json", "records/a.xml", "records", "--store", "other")).Ends(0);
        Assert.Equal(state, Assert.Single((await cartingest.CallAsync("verify", "--json", "--store", "other")).Ends(0).Json).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Tells_a_flipped_byte()
    {
        WriteRecords();
        await ImportAsync();
        FlipAByteOfAPayload();

        var answered = (await cartingest.CallAsync("verify", "--json", "--store", "store")).Ends(7);

        Assert.False(Assert.Single(answered.Json).GetProperty("ok").GetBoolean());
        Assert.Contains("Payload ", answered.Out, StringComparison.Ordinal);
        Assert.Contains("Payload ", (await cartingest.CallAsync("verify", "--store", "store")).Ends(7).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrates_once()
    {
        Assert.NotEqual(0, Assert.Single((await cartingest.CallAsync("migrate", "--json", "--store", "new")).Ends(0).Json).GetProperty("applied").GetArrayLength());
        Assert.Equal("""{"applied":[]}""", Assert.Single((await cartingest.CallAsync("migrate", "--json", "--store", "new")).Ends(0).Lines));
        Assert.True(File.Exists(Path.Combine(cartingest.Folder, "new", "cartingest.db")));
        Assert.Equal(0, Assert.Single((await cartingest.CallAsync("status", "--json", "--store", "new")).Ends(0).Json).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Shows_the_strategies_before_any_night()
    {
        var answered = (await cartingest.CallAsync("search", "--json")).Ends(0);

        Assert.Equal("pubmed A, pubmed B1, pubmed B2, pubmed P, clinicaltrials E, clinicaltrials P, clinicaltrials U", string.Join(", ", answered.Json.Select(arm => $"{Text(arm, "source")} {Text(arm, "arm")}")));
        Assert.All(answered.Json, arm => Assert.Equal("source arm title parameters warnings", Answered.Members(arm)));
        Assert.Contains("chimeric antigen receptor", answered.Json[0].GetProperty("parameters").GetProperty("term").GetString(), StringComparison.Ordinal);
        Assert.Contains("There is no store yet", answered.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    /// <summary>A table's rows, with single spaces between the cells.</summary>
    private static IEnumerable<string> Rows(Answered answered) =>
        answered.Lines.Select(line => string.Join(' ', line.Split([' ', '│', '|'], StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Any(char.IsLetter));

    private void WriteRecords()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
    }

    private async Task ImportAsync() => (await cartingest.CallAsync("import", "records", "--store", "store")).Ends(0);

    private void FlipAByteOfAPayload()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(cartingest.Folder, "store", "cartingest.db")}");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT Compressed FROM Payloads ORDER BY Length DESC LIMIT 1";
        var before = Assert.IsType<byte[]>(read.ExecuteScalar());
        var after = before.ToArray();
        after[after.Length / 2] ^= 0x10;
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE Payloads SET Compressed = $after WHERE Compressed = $before";
        write.Parameters.AddWithValue("$after", after);
        write.Parameters.AddWithValue("$before", before);
        Assert.Equal(1, write.ExecuteNonQuery());
    }

    [GeneratedRegex(""","firstSeen":"\d{4}-\d\d-\d\d","lastSeen":"\d{4}-\d\d-\d\d"}$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Seen();
}
