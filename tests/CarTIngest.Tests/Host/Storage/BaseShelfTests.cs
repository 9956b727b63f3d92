using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Tests.Screening;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class BaseShelfTests : IAsyncLifetime, IDisposable
{
    private static readonly BaseReview Review = new(
        "1.0", "10.9999/invented", Judged.Date("2025-01")!.Value, 2, null, [new(2, "Muster 2020", [Judged.Id("pmid:1"), Judged.Id("nct:NCT99000001")], 12, "letter, \"short\""), new(3, "Nobody 2021", [], null, "")]);

    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Gives_back_what_was_imported_and_the_same_again_changes_nothing()
    {
        Assert.Equal(BaseImport.New, await ImportAsync(Review));
        var state = await StateAsync();
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(BaseImport.Unchanged, await ImportAsync(Review));

        Assert.Equal(state, await StateAsync());
        var held = (await InForceAsync())!;
        Assert.Equal(Review with { Rows = [] }, held with { Rows = [] });
        Assert.Equal(Review.Rows.Select(Text), held.Rows.Select(Text));
        Assert.Null(held.Rows[1].Patients);
    }

    [Fact]
    public async Task A_corrected_file_takes_the_place_of_its_version()
    {
        await ImportAsync(Review);
        var corrected = Review with { Patients = 14, Rows = [Review.Rows[0], new IncludedRow(3, "Nobody 2021", [], 2, "")] };

        Assert.Equal(BaseImport.Replaced, await ImportAsync(corrected));

        Assert.Equal(14, (await InForceAsync())!.Patients);
        Assert.Equal(2, (await InForceAsync())!.Rows[1].Patients);
    }

    [Fact]
    public async Task The_version_imported_last_is_in_force()
    {
        Assert.Null(await InForceAsync());
        await ImportAsync(Review with { Version = "2.0" });
        clock.Advance(TimeSpan.FromSeconds(1));
        await ImportAsync(Review);

        Assert.Equal("1.0", (await InForceAsync())!.Version);
    }

    private static string Text(IncludedRow row) => $"{row.Line} {row.Study} {string.Join(' ', row.Records)} {row.Patients} {row.Note}";

    private async Task<BaseImport> ImportAsync(BaseReview review)
    {
        await using var lease = await new Leases(store.Stores, clock, TestStore.Holder("test")).TakeAsync(Leases.Night, CancellationToken.None);
        return await new BaseShelf(store.Stores, clock).ImportAsync(review, lease, CancellationToken.None);
    }

    private async Task<BaseReview?> InForceAsync()
    {
        await using var open = store.Stores.Open();
        return await BaseShelf.InForceAsync(open, CancellationToken.None);
    }

    private async Task<string> StateAsync() => (await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).State;
}
