using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// The two arms that follow what people know. L: reports that name a followed trial's number in their databank or their abstract. X: papers that cite an included report.
/// L is asked in several terms where it is long; a trial's number says in which, so that a new trial changes one of them and the rest stay as they were.
/// </summary>
internal static class FollowingArms
{
    private const string Term = "term";
    private const string Cited = "cited";
    private const string Known = "known";

    /// <summary>Numbers in one term at most: each is asked in two fields.</summary>
    private const int TrialsInTerm = 100;

    public static IReadOnlyList<SearchArm> For(KnownStudies known) => [.. Of(BuiltArms.TrialReports, "Reports of trials that people follow", Terms(known.Trials)), .. Of(BuiltArms.Citations, "Papers that cite included reports", Citations(known))];

    /// <summary>What an arm sends, in its order; empty for the arm of citations.</summary>
    public static IReadOnlyList<string> TermsOf(SearchArm arm) =>
        [.. arm.Parameters.Where(parameter => parameter.Key == Term || parameter.Key.StartsWith(Term + ".", StringComparison.Ordinal)).OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => parameter.Value)];

    public static bool IsOfCitations(SearchArm arm) => arm.Parameters.ContainsKey(Cited);

    public static IReadOnlyList<Pmid> CitedBy(SearchArm arm) => Pmids(arm, Cited);

    public static IReadOnlyList<Pmid> KnownOf(SearchArm arm) => Pmids(arm, Known);

    private static IEnumerable<SearchArm> Of(string name, string title, Dictionary<string, string> parameters) => parameters.Count > 0 ? [new SearchArm(EUtilities.SourceName, name, title, parameters)] : [];

    private static Dictionary<string, string> Terms(IReadOnlyList<NctId> trials)
    {
        var parts = 1;
        while (trials.Distinct().GroupBy(trial => PartOf(trial, parts)).Any(part => part.Count() > TrialsInTerm))
        {
            parts *= 2;
        }

        return trials.Distinct().Order().GroupBy(trial => PartOf(trial, parts)).ToDictionary(part => part.Key == 0 ? Term : string.Create(CultureInfo.InvariantCulture, $"{Term}.{part.Key}"), part => string.Join(" OR ", part.Select(trial => $"{trial}[si] OR {trial}[tiab]")), StringComparer.Ordinal);
    }

    private static long PartOf(NctId trial, int parts) => long.Parse(trial.Value.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture) % parts;

    private static Dictionary<string, string> Citations(KnownStudies known)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (known.Reports.Count > 0)
        {
            parameters[Cited] = Listed(known.Reports);
            if (known.Citing.Count > 0)
            {
                parameters[Known] = Listed(known.Citing);
            }
        }

        return parameters;
    }

    private static string Listed(IReadOnlyList<Pmid> pmids) => string.Join(' ', pmids.Distinct().Order());

    private static IReadOnlyList<Pmid> Pmids(SearchArm arm, string name) =>
        [.. (arm.Parameters.GetValueOrDefault(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Pmid.TryParse(text, out var pmid) ? pmid : throw new FormatException($"'{text}' is no PMID."))];
}
