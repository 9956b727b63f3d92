using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Simulation;
using CarTIngest.Tests.Host.Nightly;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage;

public sealed class RulebookTrialTests : IDisposable
{
    private const string Likely = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task What_no_night_judged_in_its_newest_revision_is_not_compared_and_is_said()
    {
        foreach (var pmid in new long[] { 1, 2, 3 })
        {
            nights.Source.Give(pmid, Likely);
        }

        await nights.NextAsync();
        await using (var store = nights.Stores.Open())
        {
            await store.Judgements.Where(judged => judged.RecordId == "pmid:2").ExecuteDeleteAsync();
            await store.Records.Where(record => record.Id == "pmid:3").ExecuteUpdateAsync(set => set.SetProperty(record => record.Revision, 2));
        }

        var files = BundledReview.Files();
        files["lexicon/10-car-t.txt"] = files["lexicon/10-car-t.txt"].Replace("[car_t]", "[car_t]\ninvented cells\n#", StringComparison.Ordinal);
        var tried = await new RulebookTrial(nights.Stores).TryAsync(RulebookFiles.Make(files), CancellationToken.None);

        Assert.Equal((1, 2), (tried.Tried, tried.Unjudged));
        Assert.All(tried.Moved, moved => Assert.Equal("pmid:1", moved.Id.Text));
    }
}
