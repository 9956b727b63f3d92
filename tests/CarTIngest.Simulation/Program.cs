using System.Diagnostics;
using System.Globalization;
using CarTIngest.Simulation;

// simulate --nights N [--seed S]: world after world from seed S on, until N nights were simulated; simulate --seed S --only: one world, step by step.
if (Arguments.Read(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("usage: simulate --nights N [--seed S] | simulate --only --seed S");
    return 2;
}

var watch = Stopwatch.StartNew();
var all = new WorldTally();
var (worlds, seed) = (0, arguments.Seed);
await using var disk = await SimulatedDisk.NewAsync("world", CancellationToken.None);
while (all.Nights < arguments.Nights)
{
    var end = await new World(seed, disk, arguments.Only ? TraceLines.Kept : TraceLines.Hashed).PlayAsync(CancellationToken.None);
    all.Add(end.Tally);
    worlds++;
    foreach (var line in end.Trace.Lines)
    {
        Console.WriteLine(line);
    }

    if (end.Faults.Count > 0)
    {
        Console.WriteLine($"seed {seed}, night of {end.Night:yyyy-MM-dd}");
        foreach (var fault in end.Faults)
        {
            Console.WriteLine($"  {fault.Invariant}: {fault.Says}");
        }

        return 1;
    }

    if (arguments.Only)
    {
        break;
    }

    seed++;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Nights / watch.Elapsed.TotalSeconds:0} nights/s, {all.Steps} steps, {string.Join(", ", Enum.GetValues<Outcome>().Select(outcome => $"{all.Of(outcome)} {outcome}"))}, {all.Sleeps} sleeps, {all.Jumps} jumps"));
Console.WriteLine($"simulated {all.Nights} nights in {worlds} worlds, {all.Of(Outcome.Died)} crashes, seed {arguments.Seed}..{seed - 1}: 0 invariants broken");
return 0;
