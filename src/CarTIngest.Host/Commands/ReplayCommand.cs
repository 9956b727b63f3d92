using System.CommandLine;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Replay;
using CarTIngest.Host.Storage;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Commands;

/// <summary><c>replay</c>: a past night once more from the bytes that the store kept, into a store that is thrown away, and whether it ends the same.</summary>
internal static class ReplayCommand
{
    private const int ShownDifferences = 20;

    private static readonly Option<long> Run = new("--run") { Description = "The night's number, as `status` lists it.", HelpName = "N", Required = true };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("replay", "Plays a past night again from its stored bytes, without network, and compares the ends. The store is only read.", "replay --run 12", Run, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        var kept = provider.GetRequiredService<StoreFactory>();
        await kept.RequireAsync(cancellationToken);
        var journal = await JournalAsync(kept, call.GetValue(Run), cancellationToken);
        using var temporary = new TemporaryStore();
        var settings = new Dictionary<string, string?>(ReplaySetup.Quietly)
        {
            ["Storage:Provider"] = nameof(StorageProvider.Sqlite),
            ["Storage:ConnectionString"] = temporary.ConnectionString(),
        };
        var clock = new ReplayClock(journal.Run.StartedAt);
        await using var replay = Composition.Build(Settings.Read(call, settings), clock, services => services.AddReplay(journal, kept, clock));
        await ReplayBeginning.MakeAsync(journal, kept, replay.GetRequiredService<StoreFactory>(), cancellationToken);
        var report = await replay.GetRequiredService<NightlyRun>().RunAsync(new NightRequest(journal.Run.Night, Scope: await ReplayBeginning.ScopeOfAsync(kept, journal.Run.Id, cancellationToken)), cancellationToken);
        var ends = new List<SourceEnd>();
        foreach (var source in journal.Sources)
        {
            var differences = (await ReplayDifferences.BetweenAsync(kept, journal.Run.Id, replay.GetRequiredService<StoreFactory>(), report.Run, source.Source, cancellationToken)).ToList();
            var left = ((ReplayHttp)replay.GetRequiredKeyedService<SourceHttp>(source.Source)).Left;
            if (left > 0)
            {
                differences.Add($"only then: the last {left} questions.");
            }

            ends.Add(new SourceEnd(source.Source, source.Answers.Count, differences.Count == 0, differences));
        }

        return Tell(journal, ends, call.GetValue(CommonOptions.Json));
    }

    /// <exception cref="UsageException">The night cannot be played again.</exception>
    private static async Task<NightJournal> JournalAsync(StoreFactory kept, long run, CancellationToken cancellationToken)
    {
        try
        {
            return await NightJournal.ReadAsync(kept, run, cancellationToken);
        }
        catch (ReplayImpossibleException impossible)
        {
            throw new UsageException(impossible.Message);
        }
    }

    private static int Tell(NightJournal journal, List<SourceEnd> ends, bool json)
    {
        var same = ends.TrueForAll(end => end.Same);
        if (json)
        {
            Answers.Json(new { Run = journal.Run.Id, journal.Run.Night, Same = same, Sources = ends });
            return same ? ExitCode.Done : ExitCode.Integrity;
        }

        foreach (var end in ends)
        {
            Answers.Line($"{end.Source}: {end.Answers} answers played again, {(end.Same ? "the same end" : $"{end.Differences.Count} differences")}.");
            end.Differences.Take(ShownDifferences).ToList().ForEach(difference => Answers.Line($"  {difference}"));
        }

        Answers.Line(same
            ? $"Run {journal.Run.Id}, night of {journal.Run.Night:yyyy-MM-dd}, ends the same."
            : $"Run {journal.Run.Id}, night of {journal.Run.Night:yyyy-MM-dd}, ends otherwise. A newer reader or another setting than that night's does that (give the old one by --set); else `cartingest verify` tells whether the store is whole. --json lists every difference.");
        return same ? ExitCode.Done : ExitCode.Integrity;
    }

    /// <param name="Answers">Answers that the night kept.</param>
    private sealed record SourceEnd(string Source, int Answers, bool Same, IReadOnlyList<string> Differences);
}
