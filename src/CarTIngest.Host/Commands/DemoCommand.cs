using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Web;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Demo;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Host.Commands;

/// <summary><c>demo</c>: the whole product on a bundled, invented corpus.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Exit = new("--exit") { Description = "Stops after the nights, without the pages." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("demo", "The product on an invented corpus: two nights against the local stand-in of both services, then the pages. No network, no settings.", "demo --exit", Exit, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var bundled = DemoCorpus.Bundled();
        var corpus = await RehearsalCorpus.LoadAsync(bundled.RegistryNights, [bundled.PubMedNights], DateOnly.MinValue, cancellationToken);
        await using var server = await RehearsalServer.StartAsync(corpus, RecordedNights.StandInFor(realTime: false), cancellationToken);
        using var temporary = new TemporaryStore();
        var last = RecordedNights.SettingsFor(server, realTime: false);
        last["Storage:Provider"] = nameof(StorageProvider.Sqlite);
        if (call.GetValue(CommonOptions.Store) is null)
        {
            last["Storage:ConnectionString"] = temporary.ConnectionString();
        }

        NightMail.KeepTo(last, Settings.SetHere(call), call.GetValue(CommonOptions.Store) ?? temporary.Folder);
        var settings = Settings.ReadWithoutEnvironment(call, last);
        var json = call.GetValue(CommonOptions.Json);
        var clock = new RehearsalClock();
        await using var nights = new RecordedNights(corpus, server, settings, clock);
        var reports = await nights.PlayAsync(until: null, report => NightAnswer.Write(report, json), cancellationToken);
        var kept = string.Equals(settings["Alerts:Transport"], "spool", StringComparison.OrdinalIgnoreCase)
            ? $"{settings["Alerts:Spool:Folder"]}{(call.GetValue(CommonOptions.Store) is null ? ", gone when the demo ends" : "")}"
            : $"handed to {settings["Alerts:Smtp:Host"]}";
        await Console.Error.WriteLineAsync($"Mail of these nights: {kept}. `cartingest digest --since 0` prints a digest.");
        if (call.GetValue(Exit) || Drain.IsRequested)
        {
            return NightAnswer.ExitCodeOf(reports);
        }

        return await ServiceHost.RunAsync(
            settings, ServeRole.All, clock, PageAccess.DemoOnLoopback, address => Console.Error.WriteLine($"The demo is at {address} (jobs at {address}/hangfire). Ctrl+C ends it; all records are invented."), cancellationToken);
    }
}
