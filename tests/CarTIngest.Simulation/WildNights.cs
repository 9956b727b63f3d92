using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;

namespace CarTIngest.Simulation;

/// <summary>A world in which anything may go wrong, evening after evening; at its end it is left in peace, and must be whole.</summary>
internal static class WildNights
{
    public static async Task<WorldEnd> PlayAsync(ulong seed, SimulatedDisk disk, Trace trace, CancellationToken cancellationToken)
    {
        var dice = new Dice(seed);
        // Now and then more records than one transaction takes.
        var most = dice.OneIn(40) ? 300 : dice.Pick([3, 8, 24]);
        var world = new World(dice, disk, trace, new WorldShape(WorldShape.StumblingDays, most, Silent: true));
        for (var evenings = dice.Between(5, 25); evenings > 0 && world.Model.Faults.Count == 0; evenings--)
        {
            await WildAsync(world, cancellationToken);
        }

        for (var quiet = world.Truths.Max(truth => truth.Reread.WithinDays) + 2; quiet > 0 && world.Model.Faults.Count == 0; quiet--)
        {
            await QuietAsync(world, cancellationToken);
        }

        if (world.Model.Faults.Count == 0)
        {
            await AtTheEnd.CheckAsync(world, disk, cancellationToken);
        }

        return new WorldEnd(world.Tally, world.Today, world.Model.Faults, trace);
    }

    private static async Task WildAsync(World world, CancellationToken cancellationToken)
    {
        var dice = world.Dice;
        world.Dawn();
        foreach (var truth in world.Truths)
        {
            truth.Evolve(world.Today, 6);
        }

        Jump(world);
        if (dice.OneIn(10) && dice.Pick(world.Truths).Records.Keys.ToList() is { Count: > 0 } ids)
        {
            world.Include(dice.Pick(ids));
        }

        var cast = new List<Actor> { Night(world, dice.OneIn(8)) };
        if (dice.OneIn(3))
        {
            cast.Add(Night(world, dice.OneIn(4)));
        }

        if (dice.OneIn(6))
        {
            cast.Add(Import(world));
        }

        await world.PlayAsync(cast, cancellationToken);
        if (!world.AnyReturned && world.Model.Faults.Count == 0)
        {
            await AfterTheTermAsync(world, cancellationToken);
        }

        world.Dusk();
    }

    private static async Task QuietAsync(World world, CancellationToken cancellationToken)
    {
        world.Dawn();
        world.PassAnyTerm();
        foreach (var truth in world.Truths)
        {
            truth.Heal();
        }

        foreach (var machine in world.Machines)
        {
            machine.Off = TimeSpan.Zero;
        }

        var night = world.QuietNight(0);
        await world.PlayAsync([night], cancellationToken);
        if (night.Outcome == Outcome.Refused)
        {
            // Who died yesterday with a clock a day ahead may hold the store still; two terms from now he cannot.
            world.PassAnyTerm();
            night = world.QuietNight(0);
            await world.PlayAsync([night], cancellationToken);
        }

        if (night.Report is { Complete: false } refused && refused.Sources.Any(source => source.Why.Any(why => why.Contains("Asked twice; refused.", StringComparison.Ordinal))))
        {
            // What the sources had lost by the time that they were left in peace is true, and more than a guard believes: a person says so.
            night = world.ConfirmedNight(0);
            await world.PlayAsync([night], cancellationToken);
        }

        if (night.Outcome != Outcome.Returned)
        {
            world.Model.Say("a quiet night succeeds", $"{night.Name} ended so: {night.Outcome} {night.Says}");
        }

        world.Dusk();
    }

    /// <summary>
    /// However the evening went, the store must soon be free to anyone: two terms later, or, where a clock that was ahead wrote the term, two terms after the
    /// first who was refused.
    /// </summary>
    private static async Task AfterTheTermAsync(World world, CancellationToken cancellationToken)
    {
        Actor late;
        var tries = 2;
        do
        {
            world.PassAnyTerm();
            late = world.QuietNight(world.Dice.Below(2));
            await world.PlayAsync([late], cancellationToken);
        }
        while (late.Outcome == Outcome.Refused && --tries > 0);

        if (late.Outcome != Outcome.Returned)
        {
            world.Model.Say("the lease ends", $"Two terms after all had ended {late.Name} ended so: {late.Outcome} {late.Says}");
        }
    }

    private static Actor Night(World world, bool onlyOne) =>
        world.Night(world.Dice.Below(2), FateIn(world), Trouble.Draw, onlyOne ? world.Dice.Pick(world.Truths).Name : null);

    private static Actor Import(World world)
    {
        var (dice, lines) = (world.Dice, new List<byte>());
        foreach (var record in dice.Pick(world.Truths).Records.Values.Where(_ => dice.OneIn(3)))
        {
            lines.AddRange(record.Earlier.Count > 0 && dice.OneIn(2) ? dice.Pick(record.Earlier) : record.Line);
            lines.Add((byte)'\n');
        }

        return world.Import(dice.Below(2), FateIn(world), [.. lines], dice.OneIn(2) ? ImportAs.Baseline : ImportAs.Records);
    }

    private static Fate FateIn(World world)
    {
        var blow = world.Dice.Below(10) switch { < 3 => Blow.Dies, 3 => Blow.Refused, 4 => Blow.Cancelled, 5 => Blow.Sleeps, _ => Blow.None };
        return new Fate(blow, world.Dice.Between(1, world.StepsOfANight));
    }

    private static void Jump(World world)
    {
        var dice = world.Dice;
        if (dice.OneIn(5))
        {
            world.Tally.Jumps++;
            dice.Pick(world.Machines).Off = dice.Below(7) switch
            {
                0 => -TimeSpan.FromHours(1),
                1 => Leases.Term + TimeSpan.FromMinutes(1),
                2 => TimeSpan.FromDays(dice.Between(1, 40)),
                3 => -TimeSpan.FromDays(dice.Between(1, 40)),
                4 => TimeSpan.FromDays(365),
                _ => TimeSpan.Zero,
            };
        }
    }
}
