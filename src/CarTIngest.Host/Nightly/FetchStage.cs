using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>Fetches what the plan asks and places it as it comes, batch by batch; what is stored stays stored if the rest fails.</summary>
public sealed class FetchStage(RecordPlacing placing)
{
    private const int BatchSize = 200;

    public async Task<FetchOutcome> RunAsync(
        ISource source,
        FetchPlan plan,
        PlacingOrder order,
        SourceCensus census,
        IReadOnlyDictionary<RecordId, HeldStanding> held,
        IRawArchive archive,
        DriftTally drift,
        CancellationToken cancellationToken)
    {
        using var span = NightTrace.Stage("fetch", source.Name)?.SetTag("cartingest.asked", plan.All.Count);
        var outcome = new FetchOutcome();
        var batch = new List<Incoming>(BatchSize);
        await foreach (var fetched in source.FetchAsync(plan.All, archive, drift, cancellationToken))
        {
            if (fetched is NotGivenRecord notGiven)
            {
                outcome.NotGiven[notGiven.Asked] = notGiven;
            }
            else if (fetched is GivenRecord given && Incoming.From(given.Reading, given.Payload, given.Reading.Offset, source.ReaderVersion, id => census.Announced.GetValueOrDefault(id, "")) is var incoming && Wanted(incoming.Id))
            {
                batch.Add(incoming);
            }

            if (batch.Count == BatchSize)
            {
                outcome.Add(await placing.PlaceAsync(order, batch, cancellationToken));
                batch.Clear();
            }
        }

        outcome.Add(await placing.PlaceAsync(order, batch, cancellationToken));
        return outcome;

        // A merged registration brings its successor along; unless that one is announced or held it belongs to nobody's search.
        bool Wanted(RecordId? id) => id is null || census.Announced.ContainsKey(id.Value) || held.ContainsKey(id.Value);
    }
}

/// <summary>What the fetch did, by record.</summary>
public sealed class FetchOutcome
{
    public Dictionary<RecordId, NotGivenRecord> NotGiven { get; } = [];

    /// <summary>The weightiest thing that happened to each record given: New before Revised before the rest.</summary>
    public Dictionary<RecordId, PlacementKind> Placed { get; } = [];

    /// <summary>Unreadable records whose id could not be told.</summary>
    public int Nameless { get; private set; }

    public void Add(IReadOnlyList<Placement> placements)
    {
        foreach (var placement in placements)
        {
            if (placement.Id is not { } id)
            {
                Nameless++;
            }
            else if (!Placed.TryGetValue(id, out var already) || Weight(placement.Kind) > Weight(already))
            {
                Placed[id] = placement.Kind;
            }
        }
    }

    private static int Weight(PlacementKind kind) => kind switch { PlacementKind.New => 3, PlacementKind.Revised => 2, PlacementKind.Quarantined => 0, _ => 1 };
}
