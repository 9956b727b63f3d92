using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>The review as it was published: what the living review begins from.</summary>
/// <param name="Version">Its number in the living review: 1.0.</param>
/// <param name="Searched">When its last search was, as precisely as it says.</param>
/// <param name="Studies">As published.</param>
/// <param name="Patients">As published; null where it does not say.</param>
/// <param name="Rows">Its included studies, a row a report or a study.</param>
public sealed record BaseReview(string Version, string Doi, PartialDate Searched, int Studies, int? Patients, IReadOnlyList<IncludedRow> Rows)
{
    public IReadOnlySet<RecordId> Records => Rows.SelectMany(row => row.Records).ToHashSet();

    /// <summary>By name, in the order of the file.</summary>
    public IReadOnlyList<BaseStudy> ListedStudies =>
        [.. Rows.GroupBy(row => row.Study, StringComparer.OrdinalIgnoreCase).Select(rows => new BaseStudy(rows.First().Study, [.. rows.SelectMany(row => row.Records).Distinct()], SumOf(rows)))];

    /// <summary>How the totals as published compare with the rows, a sentence each.</summary>
    public IReadOnlyList<string> Differences()
    {
        var listed = ListedStudies;
        var silent = listed.Count(study => study.Patients is null);
        var sum = listed.Sum(study => study.Patients ?? 0);
        var unread = listed.Count(study => study.Records.Count == 0);
        return
        [
            Compared("studies", Studies, listed.Count),
            Patients is { } published ? Compared("patients", published, sum) : string.Create(CultureInfo.InvariantCulture, $"Patients: the review gives no total; the rows sum to {sum}."),
            .. silent > 0 ? [$"{Counted(silent, "study does", "studies do")} not report patients; they are not counted as 0."] : Array.Empty<string>(),
            .. unread > 0 ? [$"{Counted(unread, "study has", "studies have")} neither pmid nor nct: nothing new can be recognised as theirs."] : Array.Empty<string>(),
        ];
    }

    private static string Compared(string what, int published, int listed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{char.ToUpperInvariant(what[0])}{what[1..]}: {published} as published, {listed} in the rows; {(published == listed ? "no difference" : $"{Math.Abs(published - listed)} {(published > listed ? "fewer" : "more")} in the rows")}.");

    private static string Counted(int count, string one, string more) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more)}");

    /// <summary>Rows of one study are its reports; the patients of each are counted where the row gives them.</summary>
    private static int? SumOf(IEnumerable<IncludedRow> rows) => rows.Where(row => row.Patients is not null).Select(row => row.Patients).ToList() is { Count: > 0 } given ? given.Sum() : null;
}

/// <summary>A study of the base review.</summary>
/// <param name="Patients">Null: not reported, which is never 0.</param>
public sealed record BaseStudy(string Name, IReadOnlyList<RecordId> Records, int? Patients);
