using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class RecordPlacingTests : IDisposable
{
    private static readonly DateOnly Night = new(2026, 3, 1);

    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 3, 30, 0, TimeSpan.Zero));
    private readonly RecordPlacing placing;

    public RecordPlacingTests() => placing = new RecordPlacing(store.Stores, clock);

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Places_new_revised_and_unchanged()
    {
        Assert.Equal([PlacementKind.New, PlacementKind.New], await KindsAsync(Paper(1, "First"), Paper(2, "Second")));
        Assert.Equal([PlacementKind.Unchanged, PlacementKind.Revised], await KindsAsync(Paper(1, "First"), Paper(2, "Second, corrected")));

        await using var context = store.Stores.Open();
        Assert.Equal([("pmid:1", 1), ("pmid:2", 1), ("pmid:2", 2)], (await context.Revisions.ToListAsync()).Select(r => (r.RecordId, r.Number)).Order());
        var change = await context.Changes.SingleAsync();
        Assert.Equal(("pmid:2", 2, "title", "Second", "Second, corrected"), (change.RecordId, change.Revision, change.Field, change.From, change.To));
    }

    [Fact]
    public async Task Placing_the_same_batch_again_changes_nothing()
    {
        await KindsAsync(Paper(1, "First"), Unreadable(2));
        var before = await new Integrity(store.Stores).VerifyAsync(CancellationToken.None);

        Assert.Equal([PlacementKind.Unchanged, PlacementKind.Quarantined], await KindsAsync(Paper(1, "First"), Unreadable(2)));

        Assert.Equal(before.State, (await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).State);
        await using var context = store.Stores.Open();
        Assert.Equal(1, await context.Quarantine.CountAsync());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Keeps_the_highest_version_of_a_citation_in_whatever_order_they_come(int first, int second)
    {
        await KindsAsync(Paper(1, $"Version {first}", first), Paper(1, $"Version {second}", second));

        await using var context = store.Stores.Open();
        Assert.Equal((2, 1), await context.Records.Select(record => new ValueTuple<int, int>(record.Version, record.Revision)).SingleAsync());
        Assert.Equal([PlacementKind.Superseded], await KindsAsync(Paper(1, "Version 1", 1)));
    }

    [Fact]
    public async Task A_deletion_keeps_what_was_read_and_ends_its_standing()
    {
        await KindsAsync(Paper(1, "First"));

        Assert.Equal([PlacementKind.Withdrawn, PlacementKind.Unchanged], await KindsAsync(Deletion(1), Deletion(7)));

        await using var context = store.Stores.Open();
        Assert.Equal(Standing.Gone, (await context.Records.SingleAsync()).Standing);
        Assert.Equal([PlacementKind.Unchanged], await KindsAsync(Paper(1, "First")));
        await using var after = store.Stores.Open();
        Assert.Equal(Standing.Current, (await after.Records.SingleAsync()).Standing);
    }

    [Fact]
    public async Task A_record_that_a_file_brings_back_is_as_if_it_had_never_been_gone()
    {
        await KindsAsync(Paper(1, "First"));
        await using (var context = store.Stores.Open())
        {
            await context.Records.ExecuteUpdateAsync(set => set.SetProperty(r => r.Standing, Standing.Gone).SetProperty(r => r.MissingIn, "Monday").SetProperty(r => r.MergedInto, "pmid:2"));
        }

        await KindsAsync(Paper(1, "First"));

        await using var after = store.Stores.Open();
        var record = await after.Records.SingleAsync();
        Assert.Equal((Standing.Current, null, null, null), (record.Standing, record.MissingIn, record.MergedInto, record.GoneSince));
    }

    [Fact]
    public async Task Notes_when_a_record_was_read_last_though_nothing_changed()
    {
        await KindsAsync(Paper(1, "First"));
        clock.Advance(TimeSpan.FromDays(3));
        await KindsAsync(Paper(1, "First"));

        await using var context = store.Stores.Open();
        Assert.Equal(clock.GetUtcNow(), (await context.Records.SingleAsync()).LastRead);
    }

    [Fact]
    public async Task An_import_of_an_older_file_takes_nothing_back()
    {
        Incoming[] first = [Paper(1, "First")];
        Incoming[] second = [Paper(1, "First, corrected")];
        await KindsAsync(first);
        await KindsAsync(second);
        var state = (await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).State;

        Assert.Equal([PlacementKind.Superseded], await KindsAsync(first));
        Assert.Equal([PlacementKind.Unchanged], await KindsAsync(second));

        Assert.Equal(state, (await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).State);
        Assert.Equal([PlacementKind.New], await KindsAsync(Study("2026-03-02")));
        Assert.Equal([PlacementKind.Superseded], await KindsAsync(Study("2026-03-01")));
        Assert.Equal([PlacementKind.Revised], await KindsAsync(Study("2026-03-03")));
    }

    [Fact]
    public async Task An_import_stands_outside_the_sums_until_a_census_announces_it()
    {
        await KindsAsync(Paper(1, "First"));
        await using var context = store.Stores.Open();
        Assert.False((await context.Records.SingleAsync()).Announced);
    }

    private async Task<IReadOnlyList<PlacementKind>> KindsAsync(params Incoming[] batch)
    {
        await store.Stores.MigrateAsync(CancellationToken.None);
        await using var lease = await new Leases(store.Stores, clock, TestStore.Holder("test")).TakeAsync("test", CancellationToken.None);
        var placed = await placing.PlaceAsync(new PlacingOrder("test.xml", Night, null, lease), batch, CancellationToken.None);
        return [.. placed.Select(placement => placement.Kind)];
    }

    private static Incoming Paper(long pmid, string title, int version = 1) =>
        From(new ReadRecord(new Publication { Pmid = pmid, Version = version, Title = title }, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(title)), 0, default));

    private static Incoming Study(string updated) => From(new ReadRecord(
        new Trial { NctId = "NCT99000001", LastUpdatePosted = PartialDate.TryParse(updated, out var date) ? date : null }, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(updated)), 0, default));

    private static Incoming Deletion(long pmid) => From(new ReadRecord(new DeletedRecord { Pmid = pmid }, ContentHash.Of("deleted"u8), 0, default));

    private static Incoming Unreadable(long pmid) =>
        From(new UnreadableRecord(RecordId.TryParse($"pmid:{pmid}", out var id) ? id : default, "It is cut.", 0, default));

    private static Incoming From(Reading reading) => Incoming.From(reading, ContentHash.Of("payload"u8), 0, "test/1", _ => "");
}
