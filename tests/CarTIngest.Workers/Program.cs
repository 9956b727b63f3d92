using CarTIngest.Workers;

// `worker CLOCK ARGUMENT…` is `cartingest serve --role worker ARGUMENT…` by the clock of a file. `director CLOCK REGISTRY PUBMED FAULTS` is both
// sources' stand-in, moves the clock from night to night and triggers the recurring jobs as Hangfire does. See ../kills/worker_loop.py.
return args switch
{
    ["worker", var clock, .. var arguments] => await Worker.RunAsync(clock, arguments),
    ["director", var clock, var registry, var pubmed, var faults] => await Director.RunAsync(clock, registry, pubmed, faults, CancellationToken.None),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: workers worker CLOCK ARGUMENT… | workers director CLOCK REGISTRY PUBMED FAULTS");
    return 2;
}
