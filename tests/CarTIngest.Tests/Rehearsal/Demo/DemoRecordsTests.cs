using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CarTIngest.Tests.Rehearsal.Demo;

public sealed partial class DemoRecordsTests
{
    private static readonly string[] Verdicts = ["likely", "possible", "unlikely"];

    [Fact]
    public void The_corpus_has_about_sixty_publications_and_thirty_registrations()
    {
        Assert.InRange(Pmids().Distinct(StringComparer.Ordinal).Count(), 55, 70);
        Assert.InRange(Ncts().Distinct(StringComparer.Ordinal).Count(), 28, 34);
    }

    [Fact]
    public void No_record_comes_twice_in_one_night()
    {
        foreach (var night in new[] { DemoNights.First, DemoNights.Second })
        {
            var pmids = DemoNights.Citations(night).Select(DemoNights.PmidOf).ToList();
            Assert.Equal(pmids.Distinct(StringComparer.Ordinal), pmids);
        }

        var held = DemoNights.FullNight().Select(DemoNights.NctOf).ToList();
        Assert.Equal(held.Distinct(StringComparer.Ordinal), held);
        var changed = DemoNights.Upserts().Select(DemoNights.NctOf).ToList();
        Assert.Equal(changed.Distinct(StringComparer.Ordinal), changed);
    }

    [Fact]
    public void Only_the_intended_records_are_revised_in_the_second_night()
    {
        var first = DemoNights.Citations(DemoNights.First).Select(DemoNights.PmidOf).ToHashSet(StringComparer.Ordinal);
        var revised = DemoNights.Citations(DemoNights.Second).Select(DemoNights.PmidOf).Where(first.Contains);
        Assert.Equal(["99000002", "99000010", "99000013"], revised);

        var held = DemoNights.FullNight().Select(DemoNights.NctOf).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(["NCT99000001", "NCT99000002"], DemoNights.Upserts().Select(DemoNights.NctOf).Where(held.Contains));
    }

    [Fact]
    public void Every_number_is_fictitious_by_its_prefix()
    {
        foreach (var file in Files())
        {
            var text = File.ReadAllText(file);
            Assert.All(NctNumber().Matches(text), match => Assert.StartsWith("NCT990000", match.Value, StringComparison.Ordinal));
            Assert.All(DoiStart().Matches(text), match => Assert.Equal("10.5555/", match.Value));
            Assert.All(ChineseNumber().Matches(text), match => Assert.StartsWith("ChiCTR99", match.Value, StringComparison.Ordinal));
        }

        foreach (var night in new[] { DemoNights.First, DemoNights.Second })
        {
            var set = DemoNights.PubMed(night);
            var ids = set.Descendants("PMID").Concat(set.Descendants("ArticleId").Where(id => id.Attribute("IdType")?.Value == "pubmed"));
            Assert.All(ids, id => Assert.Matches("^990[0-9]{5}$", id.Value));
        }

        var references = DemoNights.FullNight().Concat(DemoNights.Upserts()).Select(study => study.GetRawText());
        Assert.All(references.SelectMany(text => ReferencePmid().Matches(text)), match => Assert.StartsWith("990", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_record_has_one_row_of_expectation_and_every_row_its_record()
    {
        var expected = DemoNights.Expected();
        var records = Pmids().Select(id => $"pmid:{id}").Concat(Ncts().Select(id => $"nct:{id}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Equal(records, expected.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.All(expected, row => Assert.Contains(row.Verdict, Verdicts));
        var first = DemoNights.Citations(DemoNights.First).Select(c => $"pmid:{DemoNights.PmidOf(c)}").Concat(DemoNights.FullNight().Select(s => $"nct:{DemoNights.NctOf(s)}"));
        Assert.Equal(first.Order(StringComparer.Ordinal), expected.Where(row => row.Night == DemoNights.First).Select(row => row.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_beside_the_corpus_lists_every_row()
    {
        var page = File.ReadAllText(Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Rehearsal", "Demo", "README.md"));

        Assert.All(DemoNights.Expected(), row => Assert.Contains($"| {row.Kind} | {row.Verdict} | {row.Night} |", Line(page, row.Id), StringComparison.Ordinal));
    }

    private static string Line(string page, string id) => page.Split('\n').Single(line => line.StartsWith($"| {id} |", StringComparison.Ordinal));

    private static IEnumerable<string> Pmids() => DemoNights.Citations(DemoNights.First).Concat(DemoNights.Citations(DemoNights.Second)).Select(DemoNights.PmidOf);

    private static IEnumerable<string> Ncts() => DemoNights.FullNight().Concat(DemoNights.Upserts()).Select(DemoNights.NctOf);

    private static IEnumerable<string> Files() => Directory.GetFiles(DemoNights.Corpus.PubMedNights).Concat(Directory.GetFiles(DemoNights.Corpus.RegistryNights));

    [GeneratedRegex("NCT[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NctNumber();

    [GeneratedRegex(@"\b10\.[0-9]{4,9}/", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DoiStart();

    [GeneratedRegex("ChiCTR[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChineseNumber();

    [GeneratedRegex("\"pmid\":\"([0-9]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReferencePmid();
}
