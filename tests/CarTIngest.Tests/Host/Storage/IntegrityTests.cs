using System.Data.Common;
using System.Text;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Tests.Host.Nightly;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage;

public sealed class IntegrityTests : IDisposable
{
    private const string Otherwise = "'Body' = (replace(CAST('Body' AS text), `First`, `Other`))AS_JSON";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Calls_whole_what_is_whole_and_gives_two_stores_that_hold_the_same_one_state()
    {
        using var other = new Nights();
        foreach (var (first, second) in new[] { (nights, 1), (other, 2) })
        {
            first.Source.Give(second, $"Title {second}");
            await first.NextAsync();
            first.Source.Give(3 - second, $"Title {3 - second}");
            await first.NextAsync();
        }

        var (one, two) = (await nights.VerifyAsync(), await other.VerifyAsync());
        Assert.True(one.Whole && two.Whole);
        Assert.StartsWith("sha256:", one.State, StringComparison.Ordinal);
        Assert.Equal(one.State, two.State);
    }

    [Fact]
    public async Task Another_record_is_another_state()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        var before = await nights.VerifyAsync();
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        Assert.NotEqual(before.State, (await nights.VerifyAsync()).State);
    }

    [Fact]
    public async Task Calls_whole_what_nights_of_every_kind_left_and_counts_what_no_reader_could_read_again()
    {
        await TwoNightsAsync();
        nights.Source.Down = true;
        await nights.NextAsync();

        var report = await VerifyAsync();

        Assert.Empty(report.Faults);
        Assert.Equal(0, report.NotReadAgain);
        Assert.Equal(3, (await nights.VerifyAsync()).NotReadAgain);
        Assert.Equal(report.State, (await nights.VerifyAsync()).State);
    }

    [Theory]
    [InlineData("UPDATE 'Payloads' SET 'Compressed' = BYTES", "cannot be decompressed")]
    [InlineData("UPDATE 'Payloads' SET 'Length' = 1000000000000", "bytes that it announces")]
    [InlineData("UPDATE 'Payloads' SET 'Hash' = replace('Hash', substr('Hash', 1, 8), `ffffffff`)", "whose hash is")]
    [InlineData("DELETE FROM 'Payloads'", "its bytes are not in payload")]
    [InlineData("DELETE FROM 'Payloads' WHERE 'Hash' IN (SELECT 'PayloadHash' FROM 'Quarantine')", "there is no payload")]
    [InlineData("UPDATE 'Answers' SET 'PayloadHash' = `none`", "there is no payload none")]
    [InlineData("UPDATE 'Quarantine' SET 'PayloadHash' = `none`", "Quarantined pmid:3")]
    [InlineData("UPDATE 'Quarantine' SET 'Length' = 1000", "Quarantined pmid:3")]
    [InlineData("UPDATE 'Revisions' SET 'Length' = 'Length' + 100000", "its bytes are not in payload")]
    [InlineData("UPDATE 'Revisions' SET 'Offset' = -1", "its bytes are not in payload")]
    [InlineData("UPDATE 'Revisions' SET 'Offset' = 0, 'Length' = 3", "its bytes cannot be read again: It is no line.")]
    [InlineData("UPDATE 'Revisions' SET 'Length' = 'Length' - 1", "its bytes have another content hash")]
    [InlineData("UPDATE 'Revisions' SET 'ContentHash' = `x`; UPDATE 'Records' SET 'ContentHash' = `x`", "its bytes have another content hash")]
    [InlineData("UPDATE 'Revisions' SET " + Otherwise + " WHERE 'RecordId' = `pmid:1` AND 'Number' = 1", "pmid:1, revision 1: its line is not what its bytes say")]
    [InlineData("UPDATE 'Revisions' SET " + Otherwise + "; UPDATE 'Records' SET " + Otherwise, "pmid:1, revision 2: its line is not what its bytes say")]
    [InlineData("UPDATE 'Revisions' SET 'Body' = `{}`AS_JSON", "its line is no line of it")]
    [InlineData("DELETE FROM 'Revisions'", "is not as its newest revision says")]
    [InlineData("DELETE FROM 'Revisions' WHERE 'RecordId' = `pmid:1` AND 'Number' = 1", "a revision is missing before 2")]
    [InlineData("UPDATE 'Records' SET " + Otherwise, "pmid:1 is not as its newest revision says")]
    [InlineData("UPDATE 'Records' SET 'ContentHash' = `x`", "is not as its newest revision says")]
    [InlineData("UPDATE 'Records' SET 'Version' = 7", "is not as its newest revision says")]
    [InlineData("UPDATE 'Records' SET 'Revision' = 7", "is not as its newest revision says")]
    [InlineData("UPDATE 'Records' SET 'Source' = `clinicaltrials`", "is called a record of clinicaltrials")]
    [InlineData("DELETE FROM 'Records'", "has revisions and is not held")]
    [InlineData("DELETE FROM 'Records' WHERE 'Id' = `pmid:2`; DELETE FROM 'Revisions' WHERE 'RecordId' = `pmid:2`", "it names pmid:2, which has no revision")]
    [InlineData("DELETE FROM 'Changes'", "pmid:1, revision 2: its changes are not its difference")]
    [InlineData("UPDATE 'Changes' SET 'From' = `x`", "pmid:1, revision 2: its changes are not its difference")]
    [InlineData("UPDATE 'Changes' SET 'To' = NULL", "pmid:1, revision 2: its changes are not its difference")]
    [InlineData("UPDATE 'Changes' SET 'Revision' = 9", "there are changes and no such revision")]
    [InlineData("DELETE FROM 'Runs' WHERE 'Id' = 1", "Run 1 is named and is not in the ledger")]
    [InlineData("UPDATE 'Runs' SET 'Report' = NULL", "Run 1 ended and its report cannot be read")]
    [InlineData("UPDATE 'Runs' SET 'Complete' = FALSE", "Run 1 is called not complete")]
    [InlineData("DELETE FROM 'RunSources'", "a source that the run does not have")]
    [InlineData("DELETE FROM 'RunSources'; DELETE FROM 'RunArms'; DELETE FROM 'RunNamed'", "Run 1, pubmed: the report of the run says otherwise")]
    [InlineData("DELETE FROM 'RunArms'", "it answered, and has no arms")]
    [InlineData("UPDATE 'RunArms' SET 'Listed' = 1", "announced is not what its arms listed")]
    [InlineData("DELETE FROM 'RunNamed' WHERE 'Kind' = `left`", "the records that it names are not those in its sums")]
    [InlineData("UPDATE 'RunNamed' SET 'Kind' = `gone` WHERE 'Kind' = `unavailable`", "the records that it names are not those in its sums")]
    [InlineData("UPDATE 'RunSources' SET 'Sums' = replace('Sums', `\"held\":1`, `\"held\":5`)", "its sums do not add up")]
    [InlineData("UPDATE 'RunSources' SET 'Sums' = `{}`", "its sums cannot be read")]
    [InlineData("UPDATE 'RunSources' SET 'Sums' = `{`", "its sums cannot be read")]
    [InlineData("UPDATE 'RunSources' SET 'Announced' = 9", "its sums are not those of its row")]
    [InlineData("UPDATE 'RunSources' SET 'Complete' = FALSE", "its sums are not those of its row")]
    [InlineData("UPDATE 'RunSources' SET 'DataVersionAfter' = NULL", "did not answer, and has arms")]
    [InlineData("UPDATE 'Watermarks' SET 'Night' = `2030-01-01`", "The watermark of pubmed is 2030-01-01")]
    [InlineData("DELETE FROM 'Watermarks'", "pubmed has no watermark")]
    public async Task Names_what_was_tampered_with(string tampering, string fault)
    {
        await TwoNightsAsync();
        Assert.True(await TamperAsync(tampering) > 0);

        var report = await VerifyAsync();

        Assert.False(report.Whole);
        Assert.Contains(report.Faults, said => said.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Revisions")]
    [InlineData("Answers")]
    [InlineData("RunNamed")]
    public async Task A_table_that_is_gone_is_a_fault_and_leaves_no_state(string table)
    {
        await TwoNightsAsync();
        await TamperAsync($"DROP TABLE '{table}'");

        var report = await VerifyAsync();

        Assert.Contains(report.Faults, said => said.Contains("cannot be read", StringComparison.Ordinal) && said.Contains(table, StringComparison.Ordinal));
        Assert.Equal("", report.State);
    }

    /// <summary>A record revised, one that left, one in quarantine, one that was never given.</summary>
    private async Task TwoNightsAsync()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        nights.Source.Give(3, ScriptedSource.Unreadable);
        await nights.NextAsync();
        nights.Source.Give(1, "First, corrected");
        nights.Source.Touches.Add(1);
        nights.Source.Announces = [1, 3, 4];
        await nights.NextAsync();
    }

    private Task<IntegrityReport> VerifyAsync() => new Integrity(nights.Stores, ReadLine).VerifyAsync(CancellationToken.None);

    /// <summary>The scripted source's reader: "PMID version title".</summary>
    private static Task<Reading?> ReadLine(string source, string readerVersion, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Assert.Equal(("pubmed", "lines/1"), (source, readerVersion));
        var parts = Encoding.UTF8.GetString(bytes.Span).Split(' ', 3);
        return Task.FromResult<Reading?>(parts.Length == 3
            ? new ReadRecord(new Publication { Pmid = long.Parse(parts[0], null), Title = parts[2] }, ContentHash.Of(bytes.Span), 0, bytes)
            : new UnreadableRecord(null, "It is no line.", 0, bytes));
    }

    private async Task<int> TamperAsync(string tampering)
    {
        await using var store = nights.Stores.Open();
        await store.Database.OpenConnectionAsync();
        await using DbCommand command = store.Database.GetDbConnection().CreateCommand();
        command.CommandText = Sql(tampering);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Both databases quote names by " and texts by '; their literals of bytes differ, and what they hold JSON in.</summary>
    private static string Sql(string tampering)
    {
        var postgres = TestStore.Chosen == StorageProvider.PostgreSql;
        return tampering.Replace('\'', '"').Replace('`', '\'')
            .Replace("BYTES", postgres ? "decode('00ff', 'hex')" : "x'00ff'", StringComparison.Ordinal)
            .Replace("AS_JSON", postgres ? "::jsonb" : "", StringComparison.Ordinal);
    }
}
