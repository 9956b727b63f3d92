using CarTIngest.Host.Replay;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Tests.Host.Nightly;

namespace CarTIngest.Tests.Host.Replay;

public sealed class ReplayBeginningTests : IDisposable
{
    private readonly Nights nights = new();
    private readonly TestStore empty = new();

    public void Dispose()
    {
        nights.Dispose();
        empty.Dispose();
    }

    [Fact]
    public async Task What_is_still_to_be_told_as_new_is_so_again()
    {
        nights.Source.WhyNotProven = "5 counted, 1 listed.";
        nights.Source.Give(1, "one");
        await nights.NextAsync();
        nights.Source.Give(1, "one, changed before anybody heard of it");
        nights.Source.Touches.Add(1);
        await nights.NextAsync();
        var held = await new Holdings(nights.Stores).OfAsync("pubmed", CancellationToken.None);
        var before = BeforeNight.Of(null, nights.Source.Arms, nights.Included, held);
        var third = new Run { Id = 3, Night = nights.Last.AddDays(1), StartedAt = DateTimeOffset.UnixEpoch, ProductVersion = "test" };

        await ReplayBeginning.MakeAsync(new NightJournal(third, [new SourceJournal("pubmed", before, [])]), nights.Stores, empty.Stores, CancellationToken.None);

        Assert.Equal(ScriptedSource.IdOf(1), Assert.Single((await ToTellAsync(nights.Stores)).Added));
        Assert.Equal(ScriptedSource.IdOf(1), Assert.Single((await ToTellAsync(empty.Stores)).Added));
        Assert.Equal(held, await new Holdings(empty.Stores).OfAsync("pubmed", CancellationToken.None));
    }

    private static Task<Arrivals> ToTellAsync(StoreFactory stores) => new NightLedger(stores, TimeProvider.System).ArrivedSinceLastToldAsync("pubmed", run: 3, CancellationToken.None);
}
