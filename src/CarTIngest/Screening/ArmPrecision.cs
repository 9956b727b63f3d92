using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>What an arm brought in a month: of the records that it identified and that were judged for the first time or screened in that month, how many are worth anything.</summary>
/// <param name="Identified">The n of which all others are the k.</param>
/// <param name="Screened">Of these people voted on by title in that month.</param>
/// <param name="Included">Of these are now of a study that people included.</param>
/// <param name="Unique">Of these no other arm identified by the month's end.</param>
public sealed record ArmPrecision(string Source, string Arm, int Identified, int Likely, int Possible, int Screened, int Included, int Unique)
{
    /// <summary>Every arm that identified any of the records, by source and name.</summary>
    /// <param name="records">Those of the month, each once.</param>
    /// <param name="found">Which arms identified which record by the month's end.</param>
    public static IReadOnlyList<ArmPrecision> Of(IReadOnlyList<MonthRecord> records, IEnumerable<ArmFind> found)
    {
        var byId = records.ToDictionary(record => record.Id);
        var finds = found.Where(find => byId.ContainsKey(find.Id)).Distinct().ToList();
        var arms = finds.GroupBy(find => find.Id).ToDictionary(group => group.Key, group => group.Count());
        return
        [
            .. finds.GroupBy(find => (find.Source, find.Arm)).OrderBy(arm => arm.Key.Source, StringComparer.Ordinal).ThenBy(arm => arm.Key.Arm, StringComparer.Ordinal).Select(arm =>
            {
                var own = arm.Select(find => byId[find.Id]).ToList();
                return new ArmPrecision(
                    arm.Key.Source,
                    arm.Key.Arm,
                    own.Count,
                    own.Count(record => record.Verdict == Verdict.Likely),
                    own.Count(record => record.Verdict == Verdict.Possible),
                    own.Count(record => record.Screened == ScreenedThen.Yes),
                    own.Count(record => record.Class == StudyClass.Included),
                    own.Count(record => arms[record.Id] == 1));
            }),
        ];
    }
}

/// <summary>A record that was judged for the first time, or screened, in a month.</summary>
/// <param name="Verdict">As it was at the month's end; null where it was not judged by then.</param>
/// <param name="Class">Of its study, as it is now; null where people gave none.</param>
public sealed record MonthRecord(RecordId Id, Verdict? Verdict, ScreenedThen Screened, StudyClass? Class);

/// <summary>Whether people voted on a record by title within the month.</summary>
public enum ScreenedThen
{
    No = 0,
    Yes = 1,
}

/// <summary>An arm identified a record.</summary>
public sealed record ArmFind(string Source, string Arm, RecordId Id);
