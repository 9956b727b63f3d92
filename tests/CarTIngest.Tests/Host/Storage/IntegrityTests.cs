using CarTIngest.Host.Storage;
using CarTIngest.Tests.Host.Nightly;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage;

public sealed class IntegrityTests : IDisposable
{
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

    [Theory]
    [InlineData("UPDATE 'Payloads' SET 'Compressed' = BYTES", "cannot be decompressed")]
    [InlineData("UPDATE 'Payloads' SET 'Hash' = replace('Hash', substr('Hash', 1, 8), `ffffffff`)", "whose hash is")]
    [InlineData("DELETE FROM 'Payloads'", "its bytes are not in payload")]
    [InlineData("UPDATE 'Revisions' SET 'Length' = 'Length' + 100000", "its bytes are not in payload")]
    [InlineData("DELETE FROM 'Revisions'", "is not as its newest revision says")]
    [InlineData("DELETE FROM 'Records'", "has revisions and is not held")]
    [InlineData("UPDATE 'Records' SET 'ContentHash' = `x`", "is not as its newest revision says")]
    [InlineData("UPDATE 'RunSources' SET 'Sums' = replace('Sums', `\"held\":1`, `\"held\":2`)", "its sums do not add up")]
    [InlineData("UPDATE 'Watermarks' SET 'Night' = `2030-01-01`", "The watermark of pubmed is 2030-01-01")]
    public async Task Names_what_was_tampered_with(string tampering, string fault)
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        await using (var store = nights.Stores.Open())
        {
            Assert.True(await store.Database.ExecuteSqlRawAsync(Sql(tampering)) > 0);
        }

        var report = await nights.VerifyAsync();

        Assert.False(report.Whole);
        Assert.Contains(report.Faults, said => said.Contains(fault, StringComparison.Ordinal));
    }

    /// <summary>Both databases quote names by " and texts by '; their literals of bytes differ.</summary>
    private static string Sql(string tampering) => tampering.Replace('\'', '"').Replace('`', '\'')
        .Replace("BYTES", TestStore.Chosen == StorageProvider.PostgreSql ? "decode('00ff', 'hex')" : "x'00ff'", StringComparison.Ordinal);
}
