using CarTIngest.Host.Storage;
using CarTIngest.Sources;
using CarTIngest.Tests.Host.Commands;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>A SQLite file whose pages hold what nobody wrote: told, never thrown.</summary>
public sealed class IntegrityOfFileTests : IDisposable
{
    private const int Page = 4096;

    private readonly Cartingest cartingest = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    private string StoreFile => Path.Combine(cartingest.Folder, "store", "cartingest.db");

    [Fact]
    public async Task Calls_an_imported_store_whole_and_reads_every_record_again()
    {
        await ImportAsync();

        var verified = Assert.Single((await cartingest.CallAsync("verify", "--json", "--store", "store")).Ends(0).Json);

        Assert.Equal("ok state faults notReadAgain", Answered.Members(verified));
        Assert.Equal(0, verified.GetProperty("notReadAgain").GetInt32());
    }

    [Theory]
    [InlineData("UPDATE Revisions SET Offset = 0, Length = 10", "cannot be read again")]
    [InlineData("UPDATE Revisions SET Body = replace(Body, 'Nobody', 'Somebody'); UPDATE Records SET Body = replace(Body, 'Nobody', 'Somebody')", "its line is not what its bytes say")]
    public async Task Tells_by_the_real_readers_what_was_tampered_with(string sql, string fault)
    {
        await ImportAsync();
        using (var connection = new SqliteConnection($"Data Source={StoreFile};Pooling=False"))
        {
            connection.Open();
            using var tamper = connection.CreateCommand();
            tamper.CommandText = sql;
            Assert.True(tamper.ExecuteNonQuery() > 0);
        }

        Assert.Contains(fault, (await cartingest.CallAsync("verify", "--json", "--store", "store")).Ends(7).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Ends_with_7_whichever_page_is_not_what_was_written(int page)
    {
        await ImportAsync();
        Scribble(StoreFile, new Random(page), page);

        var answered = (await cartingest.CallAsync("verify", "--json", "--store", "store")).Ends(7);

        Assert.False(Assert.Single(answered.Json).GetProperty("ok").GetBoolean());
        Assert.Contains("SQLite", answered.Out, StringComparison.Ordinal);
        (await cartingest.CallAsync("verify", "--store", "store")).Ends(7);
    }

    [Fact]
    public async Task Tells_random_bytes_on_any_page_and_throws_for_none()
    {
        await ImportAsync();
        var pages = (int)(new FileInfo(StoreFile).Length / Page);
        for (var seed = 0; seed < 2 * pages; seed++)
        {
            var damaged = Path.Combine(cartingest.Folder, $"damaged-{seed}.db");
            File.Copy(StoreFile, damaged);
            Scribble(damaged, new Random(seed), seed % pages);
            var stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={damaged};Pooling=False" });

            var report = await new Integrity(stores, SourcesSetup.Files().ReadStoredAsync).VerifyAsync(CancellationToken.None);

            Assert.False(report.Whole, $"Seed {seed}: page {seed % pages} of {pages} is not seen.");
        }
    }

    private async Task ImportAsync()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", "records", "--store", "store")).Ends(0);
        // Pooled connections keep pages in memory.
        SqliteConnection.ClearAllPools();
    }

    /// <summary>The first half of a page: its head is there, behind it may be nothing yet.</summary>
    private static void Scribble(string file, Random random, int page)
    {
        var bytes = new byte[Page / 2];
        random.NextBytes(bytes);
        using var stream = File.OpenWrite(file);
        stream.Position = page * (long)Page;
        stream.Write(bytes);
    }
}
