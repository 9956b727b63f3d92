using System.Globalization;
using CarTIngest.Records;
using CarTIngest.Tests.Matching;
using CsCheck;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>
/// What holds of whole nights over a real store, whatever the order in which records come. <c>CARTINGEST_ORDERS=200</c> tries so many worlds; a failure prints the seed and the smallest world that fails.
/// </summary>
public sealed class AnyOrderTests
{
    private static readonly int Worlds = int.TryParse(Environment.GetEnvironmentVariable("CARTINGEST_ORDERS"), CultureInfo.InvariantCulture, out var asked) ? asked : 8;

    private static readonly string[] Titles =
    [
        "Phase 1 trial of CD33 CAR-T cells in acute myeloid leukemia", "CAR-T cells for acute myeloid leukemia", "CD19 CAR-T cells in B-cell lymphoma, a phase 1 trial", "Azacitidine in acute myeloid leukemia", "CAR-NK cells in relapsed AML",
    ];

    [Fact]
    public Task Records_in_any_order_within_their_nights_end_in_the_same_state() =>
        (from world in Worded
         from cut in Gen.Int[0, world.Count]
         from first in Gen.Shuffle(world.Take(cut).ToArray())
         from second in Gen.Shuffle(world.Skip(cut).ToArray())
         select new Arrival([[.. world.Take(cut)], [.. world.Skip(cut)]], [[.. first], [.. second]])).SampleAsync(
            async arrival =>
            {
                using var one = await ArrivedStore.OfAsync(arrival.OneWay);
                using var other = await ArrivedStore.OfAsync(arrival.OtherWay);
                Assert.Equal(await one.StateAsync(), await other.StateAsync());
            },
            iter: Worlds, threads: 1, print: arrival => arrival.Told);

    [Fact]
    public async Task Records_that_come_over_several_nights_end_as_those_that_come_at_once_and_a_night_more_changes_nothing()
    {
        int joined = 0, queued = 0;
        await (from world in Worded
               from order in Gen.Shuffle(world.ToArray())
               from cuts in Gen.Int[0, world.Count].Array[2]
               let at = cuts.Order().ToArray()
               select new Arrival([world], [[.. order.Take(at[0])], [.. order.Skip(at[0]).Take(at[1] - at[0])], [.. order.Skip(at[1])]])).SampleAsync(
            async arrival =>
            {
                using var one = await ArrivedStore.OfAsync(arrival.OneWay);
                using var other = await ArrivedStore.OfAsync(arrival.OtherWay);
                var seen = await one.SeenAsync();
                Assert.Equal(seen, await other.SeenAsync());
                joined += seen.Contains(", pmid:", StringComparison.Ordinal) ? 1 : 0;
                queued += seen.Contains("in the queue", StringComparison.Ordinal) ? 1 : 0;
                await other.AssertEnteredOnceAsync();
                var state = await other.StateAsync();
                await other.NextAsync([]);
                Assert.Equal(state, await other.StateAsync());
            },
            iter: Worlds, threads: 1, print: arrival => arrival.Told);
        Assert.True(joined > 0 && queued > 0, $"of {Worlds} worlds {joined} join records and {queued} bring any to people");
    }

    /// <summary>Small worlds of registrations and papers that name each other, with titles of every verdict.</summary>
    private static Gen<IReadOnlyList<SourceRecord>> Worded =>
        from world in SmallWorld.Gen
        from titles in Gen.Int[0, Titles.Length - 1].Array[world.Records.Count]
        select (IReadOnlyList<SourceRecord>)[.. world.Records.Zip(titles, (record, title) => Titled(record, Titles[title]))];

    private static SourceRecord Titled(SourceRecord record, string title) => record switch
    {
        Trial trial => trial with { BriefTitle = title },
        Publication paper => paper with { Title = $"{title}: {paper.Title}" },
        _ => record,
    };

    private sealed record Arrival(IReadOnlyList<IReadOnlyList<SourceRecord>> OneWay, IReadOnlyList<IReadOnlyList<SourceRecord>> OtherWay)
    {
        public string Told => $"{Shown(OneWay)}\nor\n{Shown(OtherWay)}";

        private static string Shown(IEnumerable<IReadOnlyList<SourceRecord>> nights) => string.Join('\n', nights.Select(night => $"a night:\n{string.Join('\n', night.Select(RecordJson.Write))}"));
    }
}
