using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace CarTIngest.Simulation;

/// <summary>Seed after seed, a world a core at a time, until enough nights were simulated or an invariant was broken.</summary>
internal sealed class Campaign(Arguments arguments)
{
    private const int NightsASecondCoreIsWorth = 500;
    private const int NightsBetweenWords = 10_000;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly WorldTally tally = new();
    private readonly SortedDictionary<ulong, WorldEnd> broken = [];
    private ulong next = arguments.Seed;
    private int worlds;
    private int told;
    private string first = "";

    /// <returns>The exit code: 0 when every invariant held and the first seed, played again, took the same steps.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var cores = arguments.Nights < NightsASecondCoreIsWorth ? 1 : Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, cores).Select(_ => Task.Run(() => PlayOnAsync(cancellationToken), cancellationToken)));
        if (broken.Count == 0 && await Seeds.PlayAsync(arguments.Seed, cancellationToken) is var again && again.Trace != first)
        {
            Console.WriteLine($"seed {arguments.Seed} does not replay alike: {first}, then {again.Trace}");
            return 1;
        }

        foreach (var (seed, end) in broken)
        {
            await SayAsync(seed, end, cancellationToken);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:0} s, {tally.Nights / watch.Elapsed.TotalSeconds:0} nights/s on {cores} cores; {tally.Steps} steps; {Ends()}; {tally.Sleeps} slept past the term; {tally.Jumps} jumps of a clock"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated {tally.Nights} nights in {worlds} worlds, {tally.Of(Outcome.Died)} crashes, seed {arguments.Seed}..{next - 1}: {broken.Values.Sum(end => end.Faults.Count)} invariants broken"));
        return broken.Count == 0 ? 0 : 1;
    }

    private async Task PlayOnAsync(CancellationToken cancellationToken)
    {
        await using var disk = await SimulatedDisk.NewAsync(cancellationToken);
        while (Take() is { } seed)
        {
            var end = await Seeds.PlayAsync(seed, disk, TraceLines.Hashed, cancellationToken);
            lock (gate)
            {
                Count(seed, end);
            }
        }
    }

    private ulong? Take()
    {
        lock (gate)
        {
            return tally.Nights < arguments.Nights && broken.Count == 0 ? next++ : null;
        }
    }

    private void Count(ulong seed, WorldEnd end)
    {
        tally.Add(end.Tally);
        worlds++;
        first = seed == arguments.Seed ? end.Trace.Hash : first;
        if (end.Faults.Count > 0)
        {
            broken[seed] = end;
        }

        if (tally.Nights / NightsBetweenWords > told)
        {
            told = tally.Nights / NightsBetweenWords;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Nights} nights in {watch.Elapsed.TotalSeconds:0} s, seed {seed}"));
        }
    }

    private static async Task SayAsync(ulong seed, WorldEnd end, CancellationToken cancellationToken)
    {
        Console.WriteLine($"BROKEN: seed {seed}, commit {Commit}, evening of {end.Night:yyyy-MM-dd}");
        foreach (var fault in end.Faults)
        {
            Console.WriteLine($"  {fault.Invariant}: {fault.Says}");
        }

        var again = await Seeds.PlayAsync(seed, cancellationToken);
        Console.WriteLine($"  played again: {(again.Trace == end.Trace.Hash ? "the same steps" : "OTHER steps")}, trace {end.Trace.Hash}");
        Console.WriteLine($"  replay: tests/simulate.sh 1 {seed}; step by step: dotnet run --project tests/CarTIngest.Simulation -- --show --seed {seed}");
    }

    private string Ends() => string.Join(", ", Enum.GetValues<Outcome>().Select(outcome => $"{tally.Of(outcome)} {outcome}"));

    /// <summary>What this was built from, as the compiler wrote it.</summary>
    private static string Commit => typeof(Campaign).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
