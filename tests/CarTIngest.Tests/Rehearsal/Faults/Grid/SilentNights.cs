using CarTIngest.Reporting;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>The disturbed nights for tests of one failure each, with the two things that must hold of it: given once it changes nothing, given all night it is named.</summary>
public sealed class SilentNights : IAsyncLifetime
{
    private DisturbedNights? nights;
    private DisturbedNight? calm;

    internal DisturbedNight Calm => calm ?? throw new InvalidOperationException("The nights were not played.");

    public async Task InitializeAsync()
    {
        nights = await DisturbedNights.PrepareAsync();
        calm = await nights.PlayAsync();
    }

    public async Task DisposeAsync() => await nights!.DisposeAsync();

    internal Task<DisturbedNight> PlayAsync(params string[] rules) => nights!.PlayAsync(rules);

    /// <summary>Given at the first request to each endpoint, the night tells what it tells in peace.</summary>
    internal async Task IsOutlivedAsync(string fault, params string[] endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var played = await PlayAsync($$"""{"fault":"{{fault}}","endpoint":"{{endpoint}}","nth":1}""");

            Assert.Equal(fault, Assert.Single(played.Disturbed.Given));
            IsAsInPeace(played);
        }
    }

    /// <summary>Given at every request to the endpoint, the night is not complete, names the reason and loses nothing; the next one heals.</summary>
    /// <param name="says">Words of the reason.</param>
    internal async Task<SourceNight> IsNamedAsync(string fault, string endpoint, string says)
    {
        var played = await PlayAsync($$"""{"fault":"{{fault}}","endpoint":"{{endpoint}}","probability":1}""");
        Assert.NotEmpty(played.Disturbed.Given);
        return IsNamed(played, endpoint[0] == 'e' ? "pubmed" : "clinicaltrials", says);
    }

    internal SourceNight IsNamed(DisturbedNight played, string source, string says)
    {
        var sums = played.Disturbed.Of(source);
        Assert.False(sums.Complete);
        Assert.Contains(sums.Why, why => why.Contains(says, StringComparison.Ordinal));
        Assert.Equal(Second, played.Disturbed.Watermarks[source]);
        Assert.Equal(Third, played.Disturbed.Watermarks.Single(mark => mark.Key != source).Value);
        Assert.All(nights!.Before.Held, held => Assert.Contains(held.Key, played.Disturbed.Held));
        Heals(played);
        return sums;
    }

    internal void IsAsInPeace(DisturbedNight played)
    {
        Assert.Equal(Calm.Disturbed.Told("pubmed"), played.Disturbed.Told("pubmed"));
        Assert.Equal(Calm.Disturbed.Told("clinicaltrials"), played.Disturbed.Told("clinicaltrials"));
        Assert.Equal(Calm.Disturbed.Verified.State, played.Disturbed.Verified.State);
        Heals(played);
    }

    internal void Heals(DisturbedNight played)
    {
        Assert.Empty(played.Disturbed.Verified.Faults);
        Assert.Empty(played.Healed.Verified.Faults);
        Assert.True(played.Healed.Report.Complete);
        Assert.Equal(Calm.Healed.Verified.State, played.Healed.Verified.State);
    }
}
