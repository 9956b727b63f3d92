using System.Globalization;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Tests.Matching.Dedup;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Matching;

/// <summary>
/// Trials and papers that people brought together by hand. The file says by which routes each pair can be found, the paper's title and date, and of the trial
/// only its completion: no title, so that titles cannot be ranked, and dates alone must not propose anything.
/// </summary>
public sealed class HandFoundPairsTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Routes_join_what_they_reach_and_nothing_else()
    {
        var pairs = CsvRows.Of(Shared.Data("linking/pairs.csv"));
        var records = Records(pairs);
        var links = TrialLinker.Link(records, _ => new HashSet<string>(), CancellationToken.None);
        var truth = pairs.Select(row => (row["nct"], row["pmid"])).ToHashSet();
        var joined = links.Links.Where(link => link.Kind == LinkKind.ReportOf).ToList();
        var right = joined.Count(link => truth.Contains((link.Pair.First.Local, link.Pair.Second.Local)));
        var reachable = pairs.Count(row => row["in_pubmed_databanklist"] == "1" || row["has_trn_abstract"] == "TRUE" || row["ctgov_reference_type"] == "result");
        output.WriteLine($"{pairs.Count} pairs, {reachable} reachable without the full text; joined {joined.Count}, right {right}: recall {(double)right / pairs.Count:0.000}, precision {(double)right / joined.Count:0.000}");
        output.WriteLine($"of the {pairs.Count - right} not joined the linker proposes {links.Proposals.Count} by clue or score");
        foreach (var route in pairs.GroupBy(row => row["ctgov_reference_type"] is "" ? "no reference" : row["ctgov_reference_type"]).OrderBy(route => route.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {route.Key,-12} {route.Count(),4} pairs, {route.Count(row => joined.Any(link => link.Pair.First.Local == row["nct"] && link.Pair.Second.Local == row["pmid"])),4} joined");
        }

        Assert.True(pairs.Count > 900, "the pairs were not read");
        Assert.True(right >= 0.98 * reachable, $"{right} of {reachable}");
        Assert.Equal(joined.Count, right);
    }

    [SkippableFact]
    public void Dates_alone_rank_little_and_propose_nothing()
    {
        var pairs = CsvRows.Of(Shared.Data("linking/pairs.csv"));
        var papers = Records(pairs).OfType<Publication>().Select(paper => (SourceRecord)(paper with { RegistryNumbers = [], Abstract = [], Title = paper.Title.Replace("NCT", "", StringComparison.Ordinal) }));
        var trials = Records(pairs).OfType<Trial>().Select(trial => (SourceRecord)(trial with { References = [] }));
        Assert.Empty(TrialLinker.Link([.. papers, .. trials], _ => new HashSet<string>(), CancellationToken.None).Proposals);

        // What dates could do at best: papers come some 21 months after completion, the median here.
        var lags = pairs.Select(row => Day(row["publication_date"]) - Day(row["completion_date"])).Order().ToList();
        var median = lags[lags.Count / 2];
        var ranks = pairs.Select(row => 1 + pairs.Count(other => Off(row, other) < Off(row, row))).Order().ToList();
        output.WriteLine($"{pairs.Count} papers ranked against {pairs.Count} completion dates, median lag {median} days: recall@1 {Recall(1)}, @10 {Recall(10)}, @100 {Recall(100)}; by chance @10 {10.0 / pairs.Count:0.000}");
        Assert.True(ranks[ranks.Count / 2] < pairs.Count / 2, "even dates are no better than chance");

        int Off(IReadOnlyDictionary<string, string> paper, IReadOnlyDictionary<string, string> trial) => Math.Abs(Day(paper["publication_date"]) - Day(trial["completion_date"]) - median);

        string Recall(int within) => $"{(double)ranks.Count(rank => rank <= within) / ranks.Count:0.000}";
    }

    private static List<SourceRecord> Records(IReadOnlyList<IReadOnlyDictionary<string, string>> pairs)
    {
        var papers = pairs.GroupBy(row => row["pmid"], StringComparer.Ordinal).Select(rows => (SourceRecord)new Publication
        {
            Pmid = long.Parse(rows.Key, CultureInfo.InvariantCulture),
            Title = rows.First()["title"],
            Published = Date(rows.First()["publication_date"]),
            RegistryNumbers = [.. rows.Where(row => row["in_pubmed_databanklist"] == "1").Select(row => row["nct"])],
            Abstract = [.. rows.Where(row => row["has_trn_abstract"] == "TRUE").Select(row => new AbstractSection(null, $"Registered as {row["nct"]}."))],
        });
        var trials = pairs.GroupBy(row => row["nct"], StringComparer.Ordinal).Select(rows => (SourceRecord)new Trial
        {
            NctId = rows.Key,
            PrimaryCompletion = Date(rows.First()["completion_date"]),
            References = [.. rows.Where(row => row["ctgov_reference_type"].Length > 0).Select(row => new TrialReference(long.Parse(row["pmid"], CultureInfo.InvariantCulture), row["ctgov_reference_type"].ToUpperInvariant(), null))],
        });
        return [.. papers, .. trials];
    }

    private static int Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    private static PartialDate? Date(string text) => PartialDate.TryParse(text, out var date) ? date : null;
}
