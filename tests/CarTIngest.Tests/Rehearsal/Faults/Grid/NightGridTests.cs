using System.Collections.Concurrent;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>
/// Every fault at every endpoint where it is given, at the first, the middle and the last request of a night: a whole night through the real client, and the next one in
/// peace. What came of each is kept as a table in <c>docs/reliability.md</c>. With <c>CARTINGEST_GRID=whole</c> all of it is run; else a slice, held against the same table.
/// </summary>
public sealed class NightGridTests
{
    private const int AtOnce = 4;

    /// <summary>Every position of every pair; else one of each, which still meets every pair and every position.</summary>
    private static readonly bool Whole = Environment.GetEnvironmentVariable("CARTINGEST_GRID") == "whole";

    private static readonly string Page = Path.Combine(Shared.RepositoryRoot, "docs", "reliability.md");

    [Fact]
    public async Task Every_fault_at_every_place_ends_as_the_table_says_and_nothing_is_lost_after_the_next_night()
    {
        await using var nights = await DisturbedNights.PrepareAsync();
        var calm = await nights.PlayAsync();
        Assert.True(calm.Disturbed.Report.Complete && calm.Healed.Report.Complete && calm.Healed.Verified.Whole);

        var pairs = new ConcurrentBag<(string Kind, string Endpoint)>();
        await EachAsync(from kind in GridKinds.Known() from endpoint in GridKinds.Endpoints select (kind, endpoint), async pair =>
        {
            if (await GridKinds.IsGivenAtAsync(pair.kind, pair.endpoint))
            {
                pairs.Add(pair);
            }
        });
        var all = pairs.ToDictionary(pair => pair, pair => Cells(calm, pair.Kind, pair.Endpoint));
        var ends = new ConcurrentDictionary<GridCell, GridEnd>();
        await EachAsync(all.Values.SelectMany(cells => Whole ? cells : [OneOf(cells)]), async cell => ends[cell] = cell.Judge(calm, await nights.PlayAsync(cell.Rule)));

        var wrong = ends.Values.Where(end => end.IsWrong).Select(end => end.Says).Order(StringComparer.Ordinal).ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Compare(codes => GridTable.Draw(all.ToDictionary(
            pair => pair.Key, pair => string.Join(' ', pair.Value.Select((cell, position) => ends.TryGetValue(cell, out var end) ? end.Code : GridTable.CodeIn(codes, cell, position))))));
    }

    [Fact]
    public void Every_fault_that_the_stand_in_knows_has_its_row() =>
        Assert.Equal(GridKinds.Known().Order(StringComparer.Ordinal), GridKinds.Words.Keys.Order(StringComparer.Ordinal));

    private static void Compare(Func<string, string> draw)
    {
        var page = File.ReadAllText(Page);
        var drawn = draw(page);
        if (Environment.GetEnvironmentVariable("CARTINGEST_ACCEPT") == "1")
        {
            File.WriteAllText(Page, GridTable.Into(page, drawn));
            return;
        }

        Assert.True(
            GridTable.In(page) == drawn,
            $"The grid of docs/reliability.md is another than the one that was run:\n{House.RoomGraph.Difference(GridTable.In(page), drawn)}\nIf that is meant, run this test again with CARTINGEST_GRID=whole and CARTINGEST_ACCEPT=1, which redraws it.");
    }

    /// <summary>The first, the middle and the last of a night's requests to which the fault is suited.</summary>
    private static IReadOnlyList<GridCell> Cells(DisturbedNight calm, string kind, string endpoint)
    {
        var suited = calm.Disturbed.Asked.Where(asked => asked.Endpoint == endpoint && Suits(kind, asked)).Select(asked => asked.Nth).Order().ToList();
        return [.. new[] { suited[0], suited[suited.Count / 2], suited[^1] }.Distinct().Select(nth => new GridCell(kind, endpoint, nth))];
    }

    /// <summary>Another position for each pair, the same at every run.</summary>
    private static GridCell OneOf(IReadOnlyList<GridCell> cells) => cells[$"{cells[0].Kind}/{cells[0].Endpoint}".Sum(letter => letter) % cells.Count];

    private static bool Suits(string kind, AskedRequest asked) => kind switch
    {
        "E18" => asked["id"]!.Contains(',', StringComparison.Ordinal),
        "flip" => asked["pageToken"] is not null,
        "batch" => asked["filter.ids"] is not null,
        _ => true,
    };

    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await act(one));
}
