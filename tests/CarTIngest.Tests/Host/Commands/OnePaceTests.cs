using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Demo;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>Several real processes against one stand-in that has the limit of the E-utilities and fails one time in five: no two seconds hold more requests than the limit.</summary>
public sealed class OnePaceTests : IDisposable
{
    private const int Limit = 3;

    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    private readonly Cartingest cartingest = new();

    [Fact]
    public async Task Processes_on_one_store_keep_the_pace_of_one_retries_included()
    {
        var demo = DemoCorpus.Bundled();
        var corpus = await RehearsalCorpus.LoadAsync(demo.RegistryNights, [demo.PubMedNights], DateOnly.MinValue, CancellationToken.None);
        var faults = new FaultGate(FaultPlan.Drawn(0.2, 3), new FaultTimes { Stall = TimeSpan.FromSeconds(3), RetryAfterSeconds = 1 }, TimeProvider.System);
        await using var server = await RehearsalServer.StartAsync(corpus, new RehearsalSettings { Gates = [faults.PassAsync] }, CancellationToken.None);
        string[] place = ["--store", "shared", .. SettingsFor(server)];
        (await cartingest.RunAsync(["migrate", "--store", "shared"])).Ends(0);

        // A night, a look at the census and a doctor, none of which waits for another; and a second night, which does.
        using var night = cartingest.Start(["run", "--json", .. place]);
        await night.SaysAsync("begins as run");
        using var look = cartingest.Start(["run", "--dry-run", "--json", .. place]);
        using var doctor = cartingest.Start(["doctor", "--json", .. place]);
        (await cartingest.RunAsync(["run", .. place])).Ends(6);
        var ends = await Task.WhenAll(night.EndAsync(), look.EndAsync(), doctor.EndAsync());

        ends[0].Ends(0);
        ends[1].Ends(0);
        Assert.All(ends[2].Json.Where(check => check.GetProperty("check").GetString() is "pubmed" or "clinicaltrials"), check => Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString()));
        var calls = server.Log.Snapshot();
        Assert.Contains(calls, call => call.Fault is not null);
        Assert.DoesNotContain(calls, call => call.Status == 429 && call.Fault is null);
        Assert.InRange(MostWithin(TwoSeconds, calls.Where(call => call.Endpoint.StartsWith('e'))), 1, 2 * Limit);
        Assert.InRange(MostWithin(TwoSeconds, calls.Where(call => !call.Endpoint.StartsWith('e'))), 1, 2 * Limit);
    }

    public void Dispose() => cartingest.Dispose();

    /// <summary>Well below the limit for one process, and above it for three without a common pace: a busy machine may let a request arrive seconds late and so nearer to the next.</summary>
    private static string[] SettingsFor(RehearsalServer server) => [.. new Dictionary<string, string>
    {
        ["Sources:PubMed:BaseAddress"] = server.EUtilsAddress.ToString(),
        ["Sources:PubMed:RequestsPerSecond"] = "1.25",
        ["Sources:PubMed:ReaskAfterMilliseconds"] = "20",
        ["Sources:ClinicalTrials:BaseAddress"] = server.RegistryAddress.ToString(),
        ["Sources:ClinicalTrials:RequestsPerSecond"] = "1.25",
        ["Http:FirstPauseSeconds"] = "0.02",
        ["Http:LongestPauseSeconds"] = "1",
        ["Http:AttemptTimeoutSeconds"] = "2",
    }.SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" })];

    private static int MostWithin(TimeSpan span, IEnumerable<RehearsedCall> calls)
    {
        var times = calls.Select(call => call.At).Order().ToList();
        return times.Max(from => times.Count(at => at >= from && at < from + span));
    }
}
