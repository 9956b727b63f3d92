using CarTIngest.Matching;
using CarTIngest.Tests.Matching.Dedup;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Matching;

public sealed class DuplicateFinderTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("dedup/respiratory", 0.95)]
    [InlineData("dedup/stroke", 0.98)]
    public void Finds_what_people_found_in_two_labelled_sets(string folder, double leastSensitivity)
    {
        var set = LabelledSet.OfCsv(Shared.Data(folder));
        var score = DedupScore.Of(set, DuplicateFinder.Find(set.Citations, CancellationToken.None).Matches);
        output.WriteLine(score.ToString());
        Assert.True(score.TruePairs > 400, "the set was not read");
        Assert.True(score.Sensitivity >= leastSensitivity, score.ToString());
        Assert.True(score.Specificity >= 0.998, score.ToString());
        Assert.True(score.PairPrecision >= 0.995, score.ToString());
    }

    [SkippableFact]
    public void Finds_every_record_with_a_twin_in_the_captioned_set_and_no_other()
    {
        var set = LabelledSet.OfEndNote(Shared.Data("dedup/tafenoquine.xml"));
        var found = DuplicateFinder.Find(set.Citations, CancellationToken.None).Matches.Where(match => match.Relation == CitationRelation.Same)
            .SelectMany(match => new[] { match.First, match.Second }).ToHashSet(StringComparer.Ordinal);
        output.WriteLine($"tafenoquine: {found.Count(set.WithTwin.Contains)} of {set.WithTwin.Count} with a twin found, {found.Count(key => !set.WithTwin.Contains(key))} of {set.Citations.Count - set.WithTwin.Count} without");
        Assert.Equal(114, set.WithTwin.Count);
        Assert.True(found.Count(set.WithTwin.Contains) >= 112);
        Assert.Equal(0, found.Count(key => !set.WithTwin.Contains(key)));
    }

    [SkippableFact]
    public void Decides_the_labelled_cases_as_people_did()
    {
        var cases = LabelledCase.Of(Shared.Data("dedup/test_cases.json"));
        var decided = cases.Select(told => (told, match: CitationComparison.Compare(told.First, told.Second))).ToList();
        var otherwise = decided.Where(each => each.told.Same != (each.match.Relation == CitationRelation.Same)).Select(each => $"{each.told.Name}: {each.match.Relation}, {each.match.Reason}").ToList();
        output.WriteLine($"{cases.Count - otherwise.Count} of {cases.Count} as labelled");
        Assert.True(cases.Count >= 25);
        Assert.Empty(otherwise);
    }

    [Fact]
    public void Compares_a_handful_for_each_record_however_many_there_are()
    {
        var citations = InventedCitations.Of(20_000, seed: 5);
        var search = DuplicateFinder.Find(citations, CancellationToken.None);
        var twins = citations.Count(citation => citation.Doi is null);
        output.WriteLine($"{citations.Count} citations, {search.Compared} pairs compared, {search.Matches.Count} matches, {twins} twins");
        Assert.InRange(search.Compared, twins, 40L * citations.Count);
        Assert.True(search.Matches.Count(match => match.Relation == CitationRelation.Same) >= twins);
    }

    [Fact]
    public void Does_not_pass_over_a_title_that_hundreds_share()
    {
        var citations = Enumerable.Range(0, 300).Select(at => new Citation { Key = $"{at:000}", Title = "Introduction", Authors = [$"Author{(char)('a' + (at % 26))}{(char)('a' + (at / 26))}, A"], Year = 1700 + at, Journal = "Annals of Nowhere", Pages = $"{at}" })
            .Append(new() { Key = "999", Title = "Introduction.", Authors = ["Authorkb A"], Year = 1736, Journal = "Ann Nowhere", Pages = "36-38" }).ToList();
        var twin = Assert.Single(DuplicateFinder.Find(citations, CancellationToken.None).Matches, match => match.Relation == CitationRelation.Same);
        Assert.Equal(("036", "999"), (twin.First, twin.Second));
    }

    [Fact]
    public void Gives_the_same_matches_for_any_order()
    {
        var citations = InventedCitations.Of(800, seed: 11);
        var expected = Written(DuplicateFinder.Find(citations, CancellationToken.None));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Written(DuplicateFinder.Find(citations.Reverse(), CancellationToken.None)));
    }

    private static IReadOnlyList<string> Written(DuplicateSearch search) => [.. search.Matches.Select(match => $"{match.First} {match.Second} {match.Relation} {match.Score}")];
}
