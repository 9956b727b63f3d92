using System.Globalization;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Commands;

/// <summary>
/// Plays recorded nights, one after the other, by the code of the real night over real HTTP on loopback. A store that has seen some of them goes on after
/// its last complete one; the last night of all is always asked again, so that a whole rehearsal repeated shows that nothing new is found. No night is played
/// that is earlier than one that the store has begun: it would write history backwards.
/// </summary>
internal sealed class RecordedNights(RehearsalCorpus corpus, RehearsalServer server, IConfiguration configuration, RehearsalClock clock) : IAsyncDisposable
{
    private const double FastestRate = 200;
    private const int RunsLookedAt = 30;

    private readonly ServiceProvider provider = Composition.Build(configuration, clock);

    /// <summary>Settings that point the sources at the stand-in; unless at real pace, also those that make its waits short.</summary>
    public static Dictionary<string, string?> SettingsFor(RehearsalServer server, bool realTime, RehearsedFaults? faults = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Sources:PubMed:BaseAddress"] = server.EUtilsAddress.ToString(),
            ["Sources:ClinicalTrials:BaseAddress"] = server.RegistryAddress.ToString(),
            // Nobody else asks a stand-in that lives in this process.
            ["Http:PaceFolder"] = "",
        };
        if (!Console.IsErrorRedirected)
        {
            // A bar is drawn there; only what needs attention is written over it.
            settings["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        }

        if (!realTime)
        {
            settings["Sources:PubMed:RequestsPerSecond"] = FastestRate.ToString(CultureInfo.InvariantCulture);
            settings["Sources:ClinicalTrials:RequestsPerSecond"] = FastestRate.ToString(CultureInfo.InvariantCulture);
            settings["Sources:PubMed:ReaskAfterMilliseconds"] = "20";
            settings["Http:FirstPauseSeconds"] = "0.02";
            settings["Http:LongestPauseSeconds"] = "2";
            settings["Nightly:SecondLookAfterSeconds"] = "0.05";
        }

        if (faults is not null)
        {
            settings["Http:AttemptTimeoutSeconds"] = RehearsedFaults.PatienceSeconds;
        }

        return settings;
    }

    /// <summary>The stand-in's own limit, scaled like the client's pace.</summary>
    public static RehearsalSettings StandInFor(bool realTime, RehearsedFaults? faults = null)
    {
        var settings = realTime
            ? new RehearsalSettings()
            : new RehearsalSettings { PubMedRequestsPerSecond = (int)FastestRate + 50, PubMedRequestsPerSecondWithKey = (int)FastestRate + 50, RetryAfterSeconds = 1 };
        return faults is null ? settings : settings with { Gates = [faults.GateWith(settings.RetryAfterSeconds)] };
    }

    /// <param name="until">The last night to play; null for all.</param>
    /// <param name="each">Told every night as it ends.</param>
    public async Task<IReadOnlyList<NightReport>> PlayAsync(DateOnly? until, Action<NightReport> each, CancellationToken cancellationToken)
    {
        await provider.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        var nights = corpus.Nights.Where(night => until is null || night <= until).ToList();
        if (nights.Count == 0)
        {
            throw new UsageException($"--until {until:yyyy-MM-dd}: the first recorded night is {corpus.Nights[0]:yyyy-MM-dd}.");
        }

        var last = await LastCompleteAsync(cancellationToken);
        var begun = await LastBegunAsync(cancellationToken);
        var ahead = nights.Where(night => night >= begun && (night > last || night == nights[^1])).ToList();
        if (ahead.Count < nights.Count)
        {
            await Console.Error.WriteLineAsync($"The store holds nights up to {begun:yyyy-MM-dd}: {nights.Count - ahead.Count} nights are not played again.");
        }

        var reports = new List<NightReport>();
        using var progress = new Progress(ahead.Count);
        foreach (var night in ahead)
        {
            if (Drain.IsRequested)
            {
                await Console.Error.WriteLineAsync($"Asked to end: {ahead.Count - reports.Count} nights from {night:yyyy-MM-dd} on were not begun.");
                break;
            }

            server.MoveTo(night);
            clock.Set(provider.GetRequiredService<ScheduleOptions>().BeginningOf(night));
            progress.Begin($"night of {night:yyyy-MM-dd}");
            reports.Add(await provider.GetRequiredService<NightlyRun>().RunAsync(new NightRequest(night), cancellationToken));
            progress.End();
            each(reports[^1]);
            await NightMail.SendAsync(provider, cancellationToken);
        }

        return reports;
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    /// <summary>The latest night of which the store holds anything, complete or not.</summary>
    private async Task<DateOnly> LastBegunAsync(CancellationToken cancellationToken)
    {
        var status = await provider.GetRequiredService<StoreStatus>().ReadAsync(RunsLookedAt, cancellationToken);
        return status.Watermarks.Values.Concat(status.Runs.Select(run => run.Night)).DefaultIfEmpty(DateOnly.MinValue).Max();
    }

    /// <summary>The night to which both sources are complete, and judged: what a later one would make of two nights at once may be otherwise than of each.</summary>
    private async Task<DateOnly> LastCompleteAsync(CancellationToken cancellationToken)
    {
        var ledger = provider.GetRequiredService<NightLedger>();
        var marks = await Task.WhenAll(ledger.WatermarkAsync("pubmed", cancellationToken), ledger.WatermarkAsync("clinicaltrials", cancellationToken));
        return marks.Select(mark => mark?.Night).Append(await ledger.LastJudgedAsync(cancellationToken)).Min(night => night ?? DateOnly.MinValue);
    }
}
