using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Tests.Host.Nightly;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>What each arm brought in a month, over nights that ran.</summary>
public sealed class PrecisionReadingTests : IDisposable
{
    private const string Likely = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Nights nights = new() { Tonight = new DateOnly(2026, 3, 31) };

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_record_counts_in_the_month_of_its_first_judgement_and_in_that_in_which_people_voted()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, "CAR-T cells for acute myeloid leukemia");
        await nights.NextAsync();
        nights.Source.Give(3, "Something else");
        await nights.NextAsync();
        await nights.IncludeAsync("pmid:1");

        Assert.Equal(new ArmPrecision("pubmed", "A", 2, 1, 1, 0, 1, 2), Assert.Single(await OfAsync(new DateOnly(2026, 3, 5))));
        Assert.Equal(new ArmPrecision("pubmed", "A", 1, 0, 0, 0, 0, 1), Assert.Single(await OfAsync(new DateOnly(2026, 4, 30))));
        Assert.Empty(await OfAsync(new DateOnly(2026, 2, 1)));
        var voted = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Equal(1, Assert.Single(await OfAsync(voted)).Screened);
    }

    private Task<IReadOnlyList<ArmPrecision>> OfAsync(DateOnly month) => new PrecisionReading(nights.Stores, ProtocolFile.Plain).OfAsync(month, CancellationToken.None);
}
