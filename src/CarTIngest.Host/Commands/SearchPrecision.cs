using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary><c>search --precision</c>: what each arm brought in a calendar month, as k of n.</summary>
internal static class SearchPrecision
{
    private const string MonthForm = "yyyy-MM";

    private static readonly Option<bool> Precision = new("--precision") { Description = "What each arm brought in a month: of the records that it identified and that were judged first or screened then, how many are likely, possible, included, its alone." };
    private static readonly Option<string?> Month = new("--month") { Description = "The month, with --precision; without it this one.", HelpName = MonthForm };

    public static IReadOnlyList<Option> Options => [Precision, Month];

    public static bool IsAsked(ParseResult call)
    {
        var asked = call.GetValue(Precision);
        return asked || call.GetValue(Month) is null ? asked : throw new UsageException("--month goes with --precision.");
    }

    public static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        var month = call.GetValue(Month) is not { } written ? provider.GetRequiredService<ScheduleOptions>().NightOf(provider.GetRequiredService<TimeProvider>().GetUtcNow())
            : DateOnly.TryParseExact(written, MonthForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed
            : throw new UsageException($"--month {written}: write it as 2026-05.");
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var arms = await provider.GetRequiredService<PrecisionReading>().OfAsync(month, cancellationToken);
        await ReviewProtocol.TellAsync(provider, provider.GetRequiredService<Protocol>(), cancellationToken);
        var name = month.ToString(MonthForm, CultureInfo.InvariantCulture);
        if (call.GetValue(CommonOptions.Json))
        {
            arms.ToList().ForEach(arm => Answers.Json(new { Month = name, arm.Source, arm.Arm, Topical = BuiltArms.IsTopical(arm.Arm), arm.Identified, arm.Likely, arm.Possible, arm.Screened, arm.Included, arm.Unique }));
            return ExitCode.Done;
        }

        if (arms.Count == 0)
        {
            Answers.Line($"In {name} nothing was judged for the first time, and nothing screened.");
            return ExitCode.Done;
        }

        Answers.Line($"Records first judged or screened in {name}, by the arms that identified them:");
        Answers.Table(
            ["source", "arm", ">identified", ">likely", ">possible", ">screened", ">included", ">no other arm's"],
            arms.Select(arm => (IReadOnlyList<string>)
            [
                arm.Source, BuiltArms.IsTopical(arm.Arm) ? arm.Arm : $"{arm.Arm} (other methods)", $"{arm.Identified:N0}",
                .. new[] { arm.Likely, arm.Possible, arm.Screened, arm.Included, arm.Unique }.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {arm.Identified:N0}")),
            ]));
        return ExitCode.Done;
    }
}
