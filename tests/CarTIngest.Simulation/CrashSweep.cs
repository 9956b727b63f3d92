using System.Globalization;
using CarTIngest.Host.Storage;

namespace CarTIngest.Simulation;

/// <summary>
/// One small night, killed at each of its steps in turn and begun again: whatever the step, after the next night the store is the one that was never killed,
/// to the same state hash. The second beginning is killed too, at a step of its own, every other time.
/// </summary>
internal static class CrashSweep
{
    public static async Task<WorldEnd> PlayAsync(ulong seed, SimulatedDisk disk, Trace trace, CancellationToken cancellationToken)
    {
        var tally = new WorldTally();
        var (unharmed, expected, steps) = await NightsAsync(seed, disk, trace, null, cancellationToken);
        tally.Add(unharmed.Tally);
        for (var at = 1; at <= steps && unharmed.Faults.Count == 0; at++)
        {
            var (end, state, _) = await NightsAsync(seed, disk, trace, at, cancellationToken);
            tally.Add(end.Tally);
            if (end.Faults.Count > 0 || state != expected)
            {
                var differs = state == expected ? [] : new[] { new Broken("the same end", $"Killed at step {at} the store ends as {state}, unharmed as {expected}.") };
                return new WorldEnd(tally, end.Night, [.. end.Faults, .. differs], trace);
            }
        }

        return new WorldEnd(tally, unharmed.Night, unharmed.Faults, trace);
    }

    /// <param name="diesAt">The step at which the second night dies; null: nothing happens to it.</param>
    private static async Task<(WorldEnd End, string State, int Steps)> NightsAsync(ulong seed, SimulatedDisk disk, Trace trace, int? diesAt, CancellationToken cancellationToken)
    {
        trace.Add(string.Create(CultureInfo.InvariantCulture, $"dies at {diesAt}"));
        var world = new World(new Dice(seed), disk, trace, new WorldShape(WorldShape.StumblingDays, 6, Silent: false));
        var deaths = new Dice(seed + (ulong)(diesAt ?? 0));
        var steps = 0;
        for (var evening = 1; evening <= 3; evening++)
        {
            world.Dawn();
            foreach (var truth in world.Truths)
            {
                truth.Evolve(world.Today, 5);
            }

            if (evening == 2 && diesAt is { } first)
            {
                await world.PlayAsync([world.Night(0, new Fate(Blow.Dies, first), _ => Trouble.None)], cancellationToken);
                world.PassAnyTerm();
                if (deaths.OneIn(2))
                {
                    await world.PlayAsync([world.Night(0, new Fate(Blow.Dies, deaths.Between(1, first)), _ => Trouble.None)], cancellationToken);
                    world.PassAnyTerm();
                }
            }

            var whole = world.QuietNight(0);
            await world.PlayAsync([whole], cancellationToken);
            steps = evening == 2 ? whole.Steps : steps;
            world.Dusk();
        }

        var state = await new Integrity(disk.Stores, RecordLine.ReadStoredAsync).VerifyAsync(cancellationToken);
        foreach (var fault in state.Faults)
        {
            world.Model.Say("verify", fault);
        }

        return (new WorldEnd(world.Tally, world.Today, world.Model.Faults, trace), state.State, steps);
    }
}
