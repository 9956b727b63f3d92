using CarTIngest.Records;

namespace CarTIngest.Simulation;

/// <summary>
/// What must be true of the store, told from what the sources really said (<see cref="Journal"/>) and from the store's rows at each commit. It knows
/// nothing of how the product comes to its rows.
/// </summary>
internal sealed class Model(StoreView view)
{
    /// <summary>Only the holder of the lease writes these.</summary>
    private static readonly string[] Guarded = ["Records", "Revisions", "Changes", "Quarantine", "Answers", "RunSources", "RunArms", "RunNamed", "Watermarks"];

    private readonly Dictionary<string, long> tokens = new(StringComparer.Ordinal);
    private readonly NightCheck nights = new(view);
    private readonly TellingCheck tellings = new(view);
    private Dictionary<string, DateOnly> watermarks = [];
    private long highest;
    private long lastRun;

    public List<Broken> Faults { get; } = [];

    /// <summary>Something of an actor was committed; it has not heard of it.</summary>
    public void Committed(Actor actor, string tables)
    {
        var written = tables.Split(',');
        if (written.Contains("Leases"))
        {
            LeaseMoved(actor);
        }

        // A run is opened by anybody; its report is the holder's.
        var guarded = written.Intersect(Guarded).Any() || (written.Contains("Runs") && actor.Run is not null);
        if (guarded && view.Lease() is var lease && (lease is null || lease.Token != tokens.GetValueOrDefault(actor.Name)))
        {
            Say("one writer", $"{actor.Name} wrote {tables} while {lease?.Holder ?? "nobody"} held the lease.");
        }

        if (written.Contains("RunSources"))
        {
            nights.Closed(actor, tellings.Untold, Say);
            WatermarksMoved();
        }
        else if (written.Contains("Watermarks"))
        {
            Say("watermark", "A watermark moved without a source's night.");
        }
        else if (written.Contains("Records") && actor.Journals.Count == 0)
        {
            nights.Imported(Say);
        }

        if (written.Contains("Runs"))
        {
            if (view.LastRun() is var last && last > lastRun)
            {
                (actor.Run, lastRun) = (last, last);
            }

            tellings.Told(Say);
        }
    }

    /// <summary>All actors of an evening have ended.</summary>
    public void EveningEnded()
    {
        var before = (Id: "", Number: 0, Content: "");
        foreach (var revision in view.Revisions())
        {
            if (revision.Number != (revision.Id == before.Id ? before.Number + 1 : 1))
            {
                Say("revisions", $"{revision.Id} has revision {revision.Number} after {before.Number}.");
            }

            if (revision.Id == before.Id && revision.Content == before.Content)
            {
                Say("revisions", $"{revision.Id} has the same content in revisions {before.Number} and {revision.Number}.");
            }

            before = revision;
        }

        if (view.RevisionsWithoutPayload() is var bare and > 0)
        {
            Say("revisions", $"{bare} revisions have no bytes.");
        }
    }

    public void Say(string invariant, string says) => Faults.Add(new Broken(invariant, says));

    private void LeaseMoved(Actor actor)
    {
        var lease = view.Lease();
        var taken = lease?.Holder == actor.Name && !tokens.ContainsKey(actor.Name);
        if (lease is null || lease.Token < highest || (taken && lease.Token == highest))
        {
            Say("fencing", $"The token went from {highest} to {lease?.Token}.");
        }

        if (lease is not null && taken)
        {
            tokens[actor.Name] = lease.Token;
            highest = Math.Max(highest, lease.Token);
        }
    }

    private void WatermarksMoved()
    {
        var now = view.Watermarks();
        foreach (var (source, night) in watermarks.Where(mark => !now.TryGetValue(mark.Key, out var then) || then < mark.Value))
        {
            Say("watermark", $"The watermark of {source} went back from {night:yyyy-MM-dd}.");
        }

        watermarks = now;
    }
}

internal sealed record Broken(string Invariant, string Says);
