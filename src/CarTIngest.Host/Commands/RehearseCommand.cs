using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Host.Commands;

/// <summary><c>rehearse</c>: recorded nights against the stand-in.</summary>
internal static class RehearseCommand
{
    private static readonly Option<string> Nights = new("--nights") { Description = "A folder of registry nights: DATE.full.jsonl.gz, then DATE.changes.jsonl.gz; DATE.census.json says how a census differs.", HelpName = "DIR", Required = true };
    private static readonly Option<string[]> PubMed = new("--pubmed") { Description = "PubMed files, there from the first night, or a folder of DATE.xml.gz update files; may be given again.", HelpName = "PATH" };
    private static readonly Option<DateOnly?> Until = ExportCommand.Day("--until", "The last night to play.");
    private static readonly Option<string?> Faults = new("--faults")
    {
        Description = "Makes the stand-in fail: a rate from 0 to 1, RATE@SEED, or a file of rules, one a line, such as {\"fault\":\"E2\",\"endpoint\":\"esearch\",\"nth\":3}.",
        HelpName = "RATE[@SEED]|FILE",
    };

    private static readonly Option<bool> RealTime = new("--real-time") { Description = "Keeps the pace that the real services ask for." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb(
            "rehearse", "Plays recorded nights, one after the other, over real HTTP on loopback; no network.", "rehearse --nights nights/registry --pubmed nights/pubmed --store rehearsal --json", Nights, PubMed, Until, Faults, RealTime, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var faults = call.GetValue(Faults) is { } text ? RehearsedFaults.Read(text) : null;
        var corpus = await LoadAsync(call.GetValue(Nights)!, call.GetValue(PubMed) ?? [], cancellationToken);
        var realTime = call.GetValue(RealTime);
        await using var server = await RehearsalServer.StartAsync(corpus, RecordedNights.StandInFor(realTime, faults), cancellationToken);
        using var temporary = new TemporaryStore();
        var last = RecordedNights.SettingsFor(server, realTime, faults);
        // Invented or recorded nights never enter a database that only the environment or appsettings.json names: that one is the service's.
        if (call.GetValue(CommonOptions.Store) is null && !string.Equals(Settings.SetHere(call).GetValueOrDefault("Storage:Provider"), nameof(StorageProvider.PostgreSql), StringComparison.OrdinalIgnoreCase))
        {
            last["Storage:Provider"] = nameof(StorageProvider.Sqlite);
            last["Storage:ConnectionString"] = temporary.ConnectionString();
        }

        NightMail.KeepTo(last, Settings.SetHere(call), call.GetValue(CommonOptions.Store) ?? temporary.Folder);
        await using var nights = new RecordedNights(corpus, server, Settings.Read(call, last), new RehearsalClock());
        var reports = await nights.PlayAsync(call.GetValue(Until), report => NightAnswer.Write(report, call.GetValue(CommonOptions.Json)), cancellationToken);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{reports.Count} nights, {reports.Count(report => report.Complete)} complete; {reports.Sum(report => report.Sources.Sum(source => source.Requests)):N0} requests."));
        if (faults is not null)
        {
            await Console.Error.WriteLineAsync(RehearsedFaults.Tell(server.Log));
        }

        return NightAnswer.ExitCodeOf(reports);
    }

    /// <exception cref="UsageException">A path is missing or holds no recorded nights.</exception>
    private static async Task<RehearsalCorpus> LoadAsync(string nights, string[] pubmed, CancellationToken cancellationToken)
    {
        try
        {
            return await RehearsalCorpus.LoadAsync(nights, pubmed, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), cancellationToken);
        }
        catch (RehearsalCorpusException unusable)
        {
            throw new UsageException(unusable.Message);
        }
    }
}
