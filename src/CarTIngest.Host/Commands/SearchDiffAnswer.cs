using CarTIngest.Eligibility;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>What a change of strategies would bring and lose, on stdout: the included that it loses first and loudly.</summary>
internal static class SearchDiffAnswer
{
    private const int Shown = 40;

    public static void Write(IReadOnlyList<TriedStrategy> tried, bool json)
    {
        foreach (var one in tried)
        {
            if (json)
            {
                WriteJson(one);
            }
            else
            {
                WriteTables(one);
            }
        }

        if (tried.Count == 0 && !json)
        {
            Answers.Line("Nothing to compare: no source answered, or both strategies are the same.");
        }
    }

    private static void WriteJson(TriedStrategy tried)
    {
        foreach (var (change, moved) in tried.Lost.Select(moved => ("lost", moved)).Concat(tried.Gained.Select(moved => ("gained", moved))))
        {
            Answers.Json(new
            {
                Kind = "record",
                tried.Source,
                moved.Seen.Id,
                Change = change,
                Held = moved.Seen.Holding == Holding.Held,
                Verdict = Word(moved.Seen.Verdict),
                Class = Word(moved.Seen.Class),
                moved.Seen.Study,
                moved.By,
            });
        }

        foreach (var arm in tried.Arms)
        {
            Answers.Json(new { Kind = "arm", tried.Source, arm.Arm, arm.Old, New = arm.Other, arm.Gained, arm.Lost });
        }

        Answers.Json(new
        {
            Kind = "total",
            tried.Source,
            Old = tried.Before,
            New = tried.After,
            Gained = tried.Gained.Count,
            Lost = tried.Lost.Count,
            LostHeld = Held(tried.Lost),
            LostIncluded = Included(tried).Count,
            From = tried.Old.Hash,
            To = tried.Other.Hash,
            Proven = tried.Why.Count == 0,
            tried.Why,
        });
    }

    private static void WriteTables(TriedStrategy tried)
    {
        Answers.Line($"{tried.Source}: {tried.Before:N0} matched by OLD, {tried.After:N0} by NEW; {tried.Gained.Count:N0} gained ({Held(tried.Gained):N0} of them held), {tried.Lost.Count:N0} lost ({Held(tried.Lost):N0} of them held).");
        tried.Why.ToList().ForEach(why => Answers.Line($"  NOT PROVEN, so these numbers are not to be relied on: {why}"));
        foreach (var lost in Included(tried))
        {
            Answers.Line($"  LOST FROM AN INCLUDED STUDY: {lost.Seen.Id} of {lost.Seen.Study}, matched by {string.Join(", ", lost.By)}.");
        }

        Answers.Table(["arm", ">OLD", ">NEW", ">gained", ">lost"], tried.Arms.Select(arm => (IReadOnlyList<string>)[arm.Arm, Number(arm.Old), Number(arm.Other), $"{arm.Gained:N0}", $"{arm.Lost:N0}"]));
        Records("lost", tried.Lost);
        Records("gained", tried.Gained);
    }

    private static void Records(string what, IReadOnlyList<MovedRecord> moved)
    {
        if (moved.Count > 0)
        {
            Answers.Table(
                [what, "held", "verdict", "class", "by"],
                moved.Take(Shown).Select(one => (IReadOnlyList<string>)[one.Seen.Id.Text, one.Seen.Holding == Holding.Held ? "held" : "", Word(one.Seen.Verdict) ?? "", Word(one.Seen.Class) ?? "", string.Join(", ", one.By)]));
        }

        if (moved.Count > Shown)
        {
            Answers.Line($"  and {moved.Count - Shown:N0} more {what}; --json lists all.");
        }
    }

    private static IReadOnlyList<MovedRecord> Included(TriedStrategy tried) => [.. tried.Lost.Where(moved => moved.Seen.Class == StudyClass.Included)];

    private static int Held(IReadOnlyList<MovedRecord> moved) => moved.Count(one => one.Seen.Holding == Holding.Held);

    private static string Number(int? count) => count is { } known ? $"{known:N0}" : "–";

    private static string? Word(Verdict? verdict) => verdict is { } known ? Spelling.Of(known) : null;

    private static string? Word(StudyClass? given) => given is { } known ? Spelling.Of(known) : null;
}
