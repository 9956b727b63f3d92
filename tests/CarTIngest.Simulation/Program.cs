using CarTIngest.Simulation;

if (Arguments.Read(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Arguments.Usage);
    return 2;
}

if (!arguments.Show)
{
    return await new Campaign(arguments).RunAsync(CancellationToken.None);
}

await using var disk = await SimulatedDisk.NewAsync(CancellationToken.None);
var end = await Seeds.PlayAsync(arguments.Seed, disk, TraceLines.Kept, CancellationToken.None);
foreach (var line in end.Trace.Lines.Concat(end.Faults.Select(fault => $"BROKEN {fault.Invariant}: {fault.Says}")))
{
    Console.WriteLine(line);
}

return end.Faults.Count == 0 ? 0 : 1;
