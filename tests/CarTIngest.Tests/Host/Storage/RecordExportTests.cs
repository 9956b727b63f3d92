using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting.Exports;
using CarTIngest.Tests.Host.Nightly;

namespace CarTIngest.Tests.Host.Storage;

public sealed class RecordExportTests : IDisposable
{
    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Gives_what_is_held_in_the_order_of_ids_with_its_first_and_last_night()
    {
        nights.Source.Give(10, "Ten");
        nights.Source.Give(9, "Nine");
        await nights.NextAsync();
        nights.Source.Announces = [10];
        await nights.NextAsync();

        var exported = await AllAsync();

        Assert.Equal(["Nine", "Ten"], exported.Select(record => ((Publication)record.Record).Title));
        Assert.Equal([(nights.Last.AddDays(-1), nights.Last.AddDays(-1)), (nights.Last.AddDays(-1), nights.Last)], exported.Select(record => (record.FirstSeen, record.LastSeen)));
    }

    [Fact]
    public async Task Leaves_out_what_its_source_deleted()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.Gives.Remove(2);
        await nights.NextAsync();
        await nights.NextAsync();

        Assert.Equal("First", ((Publication)Assert.Single(await AllAsync()).Record).Title);
    }

    [Fact]
    public async Task Gives_a_past_night_as_it_was()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        var then = nights.Last;
        nights.Source.Give(1, "First, corrected");
        nights.Source.Give(2, "Second");
        nights.Source.Touches.Add(1);
        await nights.NextAsync();

        Assert.Equal("First", ((Publication)Assert.Single(await AllAsync(then)).Record).Title);
        Assert.Equal(2, (await AllAsync(nights.Last)).Count);
        Assert.Empty(await AllAsync(then.AddDays(-1)));
    }

    private async Task<List<ExportedRecord>> AllAsync(DateOnly? asOf = null)
    {
        var records = new List<ExportedRecord>();
        await foreach (var record in new RecordExport(nights.Stores).AllAsync(asOf, CancellationToken.None))
        {
            records.Add(record);
        }

        return records;
    }
}
