using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>export over the executable; what leaves of which study on which day is tested on the store (<see cref="Storage.ReviewExportTests"/>).</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Article = "pmid:90000001";
    private const string Trial = "nct:NCT99000001";

    private static readonly DateOnly Night = new(2031, 3, 2);

    private readonly Cartingest cartingest = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Each_set_leaves_in_each_form()
    {
        await ScreenedAsync();

        var table = (await cartingest.RunAsync("export", "--format", "csv", "--of", "excluded", "--for", "spreadsheet")).Ends(0).Out;
        var queue = (await cartingest.RunAsync("export", "--format", "jsonl", "--of", "queue")).Ends(0);
        Assert.Contains("Unlikely is set aside by the bundled review", queue.Error, StringComparison.Ordinal);
        var lines = queue.Lines;

        Assert.StartsWith("\"record_id\",\"kind\",", table, StringComparison.Ordinal);
        Assert.Contains($"\r\n\"{Trial}\",\"trial\",\"\",\"NCT99000001\",\"\",\"Invented <cells> & é\",", table, StringComparison.Ordinal);
        Assert.Contains($"\"{Trial}\",\"\",\"\",\"title\",\"excluded\",\"not_car_t\",\"PHASE1; PHASE2\",\"PHASE1 [phases[0]:0] | PHASE2 [phases[1]:0]\",\"PHASE1; PHASE2 [{Trial}]\",\"RECRUITING\",", table, StringComparison.Ordinal);
        Assert.Equal(2, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var line = Assert.Single(lines);
        Assert.StartsWith(InventedRecords.ArticleLine[..^1] + ",\"firstSeen\":\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_there_and_cells_without_a_table_are_refused()
    {
        (await cartingest.CallAsync("export", "--format", "ris", "--of", "included")).Refuses(2, "'ris'", "csv", "jsonl");
        (await cartingest.CallAsync("export", "--format", "jsonl", "--of", "all", "--for", "spreadsheet")).Refuses(2, "jsonl is none", "--format csv");
    }

    /// <summary>A paper that waits, and a registration that two people excluded by title.</summary>
    private async Task ScreenedAsync()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", "records")).Ends(0);
        static QueueEntry Entry(string id) => new(id, Judged.Id(id), Verdict.Likely, QueueWay.Verdict);
        var stores = new StoreFactory(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(Path.Combine(cartingest.Folder, "cartingest.db")) });
        await using var store = stores.Open();
        await QueueBook.WriteAsync(store, new QueueNight([Entry(Article), Entry(Trial)], [], []), new QueueRun(null, Night), CancellationToken.None);
        foreach (var person in new[] { "Ada", "Ben" })
        {
            await new DecisionBook(stores, TimeProvider.System).WriteAsync(
                ProtocolFile.Plain, Votes.Vote(person, Choice.Exclude, "not_car_t", subject: Trial), async (open, state) => (await QueueReading.FindAsync(open, state, Trial, CancellationToken.None))?.Members, CancellationToken.None);
        }
    }
}
