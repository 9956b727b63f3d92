using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Watchdog;
using CarTIngest.Reporting;
using CarTIngest.Sources;
using CarTIngest.Sources.PubMed;

namespace CarTIngest.Host.Commands;

/// <summary>What the doctor looks at, in an order in which the first trouble is the cause of the next.</summary>
internal sealed class Checks(IServiceProvider services, IConfiguration configuration)
{
    private const int OldestCompleteNightDays = 2;

    private readonly TimeProvider clock = services.GetRequiredService<TimeProvider>();

    public async IAsyncEnumerable<Check> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Asking();
        yield return Review();
        var store = await StoreAsync(cancellationToken);
        yield return store;
        var watched = services.GetRequiredService<ConditionList>();
        yield return ToldOf(new Seen(watched.Disk, watched.Disk.Look(), Blind: null));
        foreach (var source in services.GetRequiredService<IReadOnlyList<AskedSource>>())
        {
            yield return await AnswersAsync(source.Source, cancellationToken);
        }

        if (store.Ok)
        {
            var status = await services.GetRequiredService<StoreStatus>().ReadAsync(30, cancellationToken);
            yield return Clock(status);
            yield return Nights(status);
            yield return Ended(status);
            yield return await AdoptionCheck.RunAsync(services, cancellationToken);
            yield return Watch(status);
            yield return await MailCheck.RunAsync(services, cancellationToken);
            await using var opened = services.GetRequiredService<StoreFactory>().Open();
            foreach (var condition in watched.All.Where(condition => condition != watched.Disk))
            {
                yield return ToldOf(await Seen.AtAsync(condition, opened, clock.GetUtcNow(), cancellationToken));
            }
        }
    }

    /// <summary>What the watchdog would say now.</summary>
    private static Check ToldOf(Seen seen) => seen switch
    {
        { Blind: { } why } => Check.Look(seen.Condition.Name, why, Seen.Do),
        { Raised.Count: 0 } => Check.Well(seen.Condition.Name, seen.Condition.Well),
        _ => Check.Look(seen.Condition.Name, string.Join(" ", seen.Raised.Select(one => one.Says)), seen.Condition.Do),
    };

    private Check Asking() => services.GetRequiredService<PubMedOptions>().FaultsBeforeAsking() is { Count: > 0 } faults
        ? Check.Look("settings", string.Join(" ", faults), "Set it in appsettings.json, as Sources__PubMed__Email in the environment, or by --set.")
        : Check.Well("settings", "All settings can be used.");

    private Check Review()
    {
        try
        {
            var folder = Composition.ReviewFolder(configuration);
            return Check.Well("review", $"{ReviewSearches.Load(folder, "pubmed").Count} arms for PubMed, {ReviewSearches.Load(folder, "clinicaltrials").Count} for ClinicalTrials.gov.");
        }
        catch (ReviewFolderException broken)
        {
            return Check.Look("review", broken.Message, "Mend the file that is named, or set Review:Folder.");
        }
    }

    private async Task<Check> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
            return Check.Well("store", "It opens, and its schema is of this version.");
        }
        catch (StoreUnusableException unusable)
        {
            return Check.Look("store", unusable.Message, "After mending it, run `cartingest verify`.");
        }
        catch (SystemException failure) when (StoreFailure.Says(failure) is { } says)
        {
            return Check.Look("store", says, "See that the database runs and is the one that Storage:ConnectionString names.");
        }
    }

    private async Task<Check> AnswersAsync(ISource source, CancellationToken cancellationToken)
    {
        if (source.Name == "pubmed" && services.GetRequiredService<PubMedOptions>().FaultsBeforeAsking().Count > 0)
        {
            return Check.Look(source.Name, "It was not asked: NCBI is not asked without an address.", "See settings above.");
        }

        try
        {
            return Check.Well(source.Name, $"It answers; its data are of {await source.DataVersionAsync(new NoArchive(), cancellationToken)}.");
        }
        catch (SourceDownException down)
        {
            return Check.Look(source.Name, down.Message, "Nothing is lost meanwhile. If it lasts, look at the network, the proxy and the service's own status page.");
        }
    }

    private Check Clock(StatusReport status) => status.Runs.Select(run => run.EndedAt ?? run.StartedAt).Where(at => at > clock.GetUtcNow().AddMinutes(5)).DefaultIfEmpty().Max() is var ahead && ahead != default
        ? Check.Look("clock", string.Create(CultureInfo.InvariantCulture, $"A run is dated {ahead:yyyy-MM-dd HH:mm}Z, which is still to come."), "Set this machine's clock right (NTP); nights are told by it.")
        : Check.Well("clock", string.Create(CultureInfo.InvariantCulture, $"It is {clock.GetUtcNow():yyyy-MM-dd HH:mm}Z, after every run."));

    private static Check Watch(StatusReport status) => status.Watch.Count == 0
        ? Check.Well("watch", "The searches bring back every included study, and the rulebook calls it likely.")
        : Check.Look(
            "watch",
            string.Join(" ", status.Watch.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Id} of the included study {loss.Study}, since {loss.Since:d MMM yyyy}: {LossWords.Of(loss)}. {loss.Because}"))),
            "No decision was touched. Mend the arm or the rulebook that lost it, and see what that changes with `cartingest search --diff` or `judge --against` before it is adopted.");

    private Check Nights(StatusReport status)
    {
        var tonight = services.GetRequiredService<ScheduleOptions>().NightOf(clock.GetUtcNow());
        var late = services.GetRequiredService<IReadOnlyList<AskedSource>>().Select(source => source.Source.Name)
            .Where(source => !status.Watermarks.TryGetValue(source, out var mark) || tonight.DayNumber - mark.DayNumber > OldestCompleteNightDays).ToList();
        return late.Count == 0
            ? Check.Well("nights", "Both sources had a complete night lately.")
            : Check.Look("nights", $"No complete night of {string.Join(" and ", late.Select(SourceNames.Of))} for more than {OldestCompleteNightDays} days.", "`cartingest status` says why each was not complete; `cartingest run` asks now.");
    }

    private Check Ended(StatusReport status) => status.Runs.FirstOrDefault(run => run.EndedAt is null && clock.GetUtcNow() - run.StartedAt > Leases.Term) is { } open
        ? Check.Look("runs", $"Run {open.Run} did not end: its process died in it.", "Nothing is lost; the next night completes it. If it happens again, look at the log of that evening.")
        : Check.Well("runs", "Every run came to its end, or is at work.");
}

/// <param name="Do">What to do; absent when nothing is.</param>
internal sealed record Check([property: JsonPropertyName("check")] string Name, bool Ok, string Says, string? Do)
{
    public static Check Well(string name, string says) => new(name, true, says, null);

    public static Check Look(string name, string says, string advice) => new(name, false, says, advice);
}
