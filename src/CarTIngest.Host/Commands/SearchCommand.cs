using System.CommandLine;
using System.Text.Json;
using CarTIngest.Host.Storage;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary><c>search</c>: the strategies as they are sent, with what the sources last said to them; or with <c>--diff</c> what others would change.</summary>
internal static class SearchCommand
{
    private static readonly string[] Sources = ["pubmed", "clinicaltrials"];

    public static Command Create()
    {
        var verb = CommonOptions.Verb(
            "search", "The strategies as they are sent, with last counts, translations and warnings. With --diff, what others would bring and lose, asked of the sources; with --precision, what each arm brought in a month.", "search --diff in-force my-review", [.. SearchDiff.Options, .. SearchPrecision.Options, CommonOptions.Store]);
        verb.SetAction((call, cancellationToken) => SearchDiff.IsAsked(call) ? SearchDiff.RunAsync(call, cancellationToken)
            : AdoptionByTwo.IsAsked(call) ? throw new UsageException("Name what is adopted: --diff OLD NEW.")
            : SearchPrecision.IsAsked(call) ? SearchPrecision.RunAsync(call, cancellationToken)
            : ListAsync(call, cancellationToken));
        return verb;
    }

    private static async Task<int> ListAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        var asked = await LastAsync(provider, cancellationToken);
        var arms = Sources.SelectMany(source => ReviewSearches.Load(Composition.ReviewFolder(settings), source))
            .Select(arm => (Arm: arm, Last: asked.GetValueOrDefault((arm.Source, arm.Name)))).ToList();
        foreach (var (arm, last) in arms)
        {
            var warnings = last is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(last.Warnings) ?? [];
            if (call.GetValue(CommonOptions.Json))
            {
                Answers.Json(new { arm.Source, Arm = arm.Name, arm.Title, arm.Parameters, last?.Count, last?.Translation, Warnings = warnings, Proven = last is null ? (bool?)null : last.WhyNotProven is null, last?.WhyNotProven, Run = last?.RunId });
                continue;
            }

            Answers.Line($"{arm.Source} {arm.Name}: {arm.Title}");
            Answers.Line(last is null ? "  not asked yet" : $"  {last.Count:N0} matched in run {last.RunId}{(last.WhyNotProven is null ? ", proven" : $"; not proven: {last.WhyNotProven}")}");
            warnings.ToList().ForEach(warning => Answers.Line($"  warning: {warning}"));
            arm.Parameters.ToList().ForEach(parameter => Answers.Line($"  {parameter.Key} = {parameter.Value}"));
            Answers.Line(last?.Translation is null ? "" : $"  understood as: {last.Translation}{Environment.NewLine}");
        }

        foreach (var built in asked.Values.Where(last => !BuiltArms.IsTopical(last.Arm)).OrderBy(last => last.Arm, StringComparer.Ordinal))
        {
            Tell(built, call.GetValue(CommonOptions.Json));
        }

        return ExitCode.Done;
    }

    /// <summary>An arm that no file holds: as it was asked last.</summary>
    private static void Tell(Storage.Model.RunArm built, bool json)
    {
        var warnings = JsonSerializer.Deserialize<IReadOnlyList<string>>(built.Warnings) ?? [];
        var whyNotProven = built.WhyNotProven ?? BuiltArms.WhyNeverProven(built.Arm);
        if (json)
        {
            Answers.Json(new { built.Source, built.Arm, built.Title, Parameters = new Dictionary<string, string> { ["sent"] = built.Sent }, built.Count, built.Translation, Warnings = warnings, Proven = whyNotProven is null, WhyNotProven = whyNotProven, Run = built.RunId });
            return;
        }

        Answers.Line($"{built.Source} {built.Arm}: {built.Title} (built every night)");
        Answers.Line($"  {built.Count:N0} matched in run {built.RunId}{(whyNotProven is null ? ", proven" : $"; not proven: {whyNotProven}")}");
        warnings.ToList().ForEach(warning => Answers.Line($"  warning: {warning}"));
        Answers.Line($"  {built.Sent}{Environment.NewLine}");
    }

    /// <summary>The strategies can be read before there is a store; then nothing was asked yet.</summary>
    private static async Task<Dictionary<(string Source, string Arm), Storage.Model.RunArm>> LastAsync(ServiceProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        }
        catch (StoreUnusableException none)
        {
            await Console.Error.WriteLineAsync($"Without last counts: {none.Message}");
            return [];
        }

        return (await provider.GetRequiredService<StoreStatus>().LastArmsAsync(cancellationToken)).ToDictionary(arm => (arm.Source, arm.Arm));
    }
}
