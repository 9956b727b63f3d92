using System.CommandLine;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary><c>run</c>: one night now, the same code as the scheduled night.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Source = new("--source") { Description = "Only this source.", HelpName = "pubmed|clinicaltrials" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Asks the census and says what would be fetched; fetches and stores nothing." };

    public static Command Create()
    {
        Source.AcceptOnlyFromAmong("pubmed", "clinicaltrials");
        var verb = CommonOptions.Verb("run", "One night now: census, fetch, placing, report.", "run --source clinicaltrials --json", Source, DryRun, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        Composition.RequireAskable(provider);
        var stores = provider.GetRequiredService<StoreFactory>();
        var night = provider.GetRequiredService<ScheduleOptions>().NightOf(provider.GetRequiredService<TimeProvider>().GetUtcNow());
        if (call.GetValue(DryRun))
        {
            return await LookAsync(provider, night, call.GetValue(Source), call.GetValue(CommonOptions.Json), cancellationToken);
        }

        await stores.MigrateAsync(cancellationToken);
        var report = await provider.GetRequiredService<NightlyRun>().RunAsync(new NightRequest(night, call.GetValue(Source)), cancellationToken);
        NightAnswer.Write(report, call.GetValue(CommonOptions.Json));
        return NightAnswer.ExitCodeOf([report]);
    }

    private static async Task<int> LookAsync(ServiceProvider provider, DateOnly night, string? only, bool json, CancellationToken cancellationToken)
    {
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var looks = new List<CensusLook>();
        foreach (var asked in provider.GetRequiredService<IReadOnlyList<AskedSource>>().Where(asked => only is null || asked.Source.Name == only))
        {
            looks.Add(await LookAsync(provider, asked.Source, night, cancellationToken));
        }

        if (json)
        {
            looks.ForEach(Answers.Json);
        }
        else
        {
            Answers.Table(
                ["source", ">announced", ">new", ">changed", ">read again", ">no longer matched", "says"],
                looks.Select(look => (IReadOnlyList<string>)[look.Source, $"{look.Announced}", $"{look.New}", $"{look.Changed}", $"{look.Share}", $"{look.Absent}", look.Why.Count == 0 ? "Proven." : string.Join(" ", look.Why)]));
        }

        return looks.All(look => !look.Answered) ? ExitCode.SourcesDown : looks.All(look => look.Why.Count == 0) ? ExitCode.Done : ExitCode.Partial;
    }

    private static async Task<CensusLook> LookAsync(ServiceProvider provider, ISource source, DateOnly night, CancellationToken cancellationToken)
    {
        try
        {
            var (_, taken, plan, _) = await provider.GetRequiredService<PlanStage>().PlanAsync(source, new NightRequest(night), new NoArchive(), cancellationToken);
            return new CensusLook(source.Name, true, taken.Census.Announced.Count, plan.New.Count, plan.Changed.Count, plan.Share.Count, plan.Absent.Count, taken.WhyNotBelieved);
        }
        catch (Exception down) when (down is SourceDownException)
        {
            return new CensusLook(source.Name, false, 0, 0, 0, 0, 0, [down.Message]);
        }
    }

    /// <param name="Share">Held and silent, due to be read again.</param>
    private sealed record CensusLook(string Source, bool Answered, int Announced, int New, int Changed, int Share, int Absent, IReadOnlyList<string> Why);
}
