using System.Diagnostics;
using System.Globalization;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Demo;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Soak;

/// <summary>Both services over real HTTP in a process of their own, for they remember every call. A date on its stdin moves them to that night; its end ends them.</summary>
internal sealed class StandIn : IDisposable
{
    public const string Verb = "stand-in";

    private static readonly RehearsalSettings Unhurried = new() { PubMedRequestsPerSecond = 100_000, PubMedRequestsPerSecondWithKey = 100_000 };

    private readonly Process process;

    private StandIn(Process process, Uri eutils, Uri registry, IReadOnlyList<DateOnly> nights) => (this.process, EUtils, Registry, Nights) = (process, eutils, registry, nights);

    public Uri EUtils { get; }

    public Uri Registry { get; }

    /// <summary>Those of its corpus.</summary>
    public IReadOnlyList<DateOnly> Nights { get; }

    public static async Task<StandIn> StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Verb);
        var process = Process.Start(start)!;
        var says = (await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The stand-in did not start.")).Split(' ');
        return new StandIn(process, new Uri(says[0]), new Uri(says[1]), [.. says[2..].Select(night => DateOnly.Parse(night, CultureInfo.InvariantCulture))]);
    }

    public async Task MoveToAsync(DateOnly night, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(night.ToString("O", CultureInfo.InvariantCulture));
        await process.StandardInput.FlushAsync(cancellationToken);
        await process.StandardOutput.ReadLineAsync(cancellationToken);
    }

    public static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        var demo = DemoCorpus.Bundled();
        var corpus = await RehearsalCorpus.LoadAsync(demo.RegistryNights, [demo.PubMedNights], DateOnly.MinValue, cancellationToken);
        await using var server = await RehearsalServer.StartAsync(corpus, Unhurried, cancellationToken);
        Console.WriteLine($"{server.EUtilsAddress} {server.RegistryAddress} {string.Join(' ', corpus.Nights.Select(night => night.ToString("O", CultureInfo.InvariantCulture)))}");
        while (await Console.In.ReadLineAsync(cancellationToken) is { } night)
        {
            server.MoveTo(DateOnly.Parse(night, CultureInfo.InvariantCulture));
            Console.WriteLine(night);
        }

        return 0;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
