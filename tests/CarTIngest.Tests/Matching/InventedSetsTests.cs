using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Tests.Matching.Invented;
using Xunit.Abstractions;

namespace CarTIngest.Tests.Matching;

public sealed class InventedSetsTests(ITestOutputHelper output)
{
    private const int Sets = 180;

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Joins_by_numbers_wherever_they_hide_and_proposes_where_there_is_none(int seed)
    {
        var sets = new InventedSets(Sets, seed);
        var (links, studies) = Build(sets);
        var registrationsOf = studies.Studies.SelectMany(study => study.Reports.SelectMany(report => study.Registrations.Select(registration => (report.Id, Registration: registration.Id))))
            .ToLookup(each => each.Id, each => each.Registration);

        int right = 0, wrong = 0;
        foreach (var publication in sets.Records.OfType<Publication>())
        {
            var truth = sets.Reports.GetValueOrDefault(publication.Id, []);
            right += registrationsOf[publication.Id].Count(truth.Contains);
            wrong += registrationsOf[publication.Id].Count(registration => !truth.Contains(registration));
        }

        var missed = 0;
        foreach (var hidden in Enum.GetValues<HiddenIn>())
        {
            var papers = sets.Hidden.Where(each => each.Value == hidden).Select(each => each.Key).ToList();
            var joined = papers.Count(paper => registrationsOf[paper].ToHashSet().SetEquals(sets.Reports[paper]));
            var open = papers.Where(paper => !registrationsOf[paper].Any()).ToList();
            var (first, ten) = (open.Count(paper => Ranked(links, paper).Take(1).Any(sets.Reports[paper].Contains)), open.Count(paper => Ranked(links, paper).Take(10).Any(sets.Reports[paper].Contains)));
            output.WriteLine($"{hidden,-20} {papers.Count,3} papers, {joined,3} joined to their trial, {open.Count,3} to none: recall@1 {Share(first, open.Count)}, @10 {Share(ten, open.Count)}");
            Assert.NotEmpty(papers);
            missed += hidden == HiddenIn.Nowhere ? 0 : papers.Count - joined;
            if (hidden == HiddenIn.Nowhere)
            {
                Assert.Equal(papers.Count, open.Count);
                Assert.True(first >= 0.8 * open.Count && ten >= 0.85 * open.Count, $"recall@1 {first}, @10 {ten} of {open.Count}");
            }
        }

        output.WriteLine($"{sets.Records.Count} records, {studies.Studies.Count} studies; memberships: {right} right, {wrong} wrong; {missed} numbered papers not joined");
        Assert.Equal(0, wrong);
        Assert.True(missed <= 3, $"{missed} papers with a number are not with their trial");
        Assert.All(sets.Pairs, pair => Assert.Single(studies.Studies, study => study.Registrations.Select(registration => registration.Id).SequenceEqual(pair.Order())));
        Assert.Equal(sets.Pairs.Count, studies.Studies.Count(study => study.Registrations.Count > 1));
    }

    [Fact]
    public void Every_quote_of_every_clue_is_a_slice_of_what_is_stored()
    {
        var sets = new InventedSets(Sets, seed: 7);
        var (links, _) = Build(sets);
        var clues = links.Links.SelectMany(link => link.Clues).Concat(links.Proposals.SelectMany(proposal => proposal.Clues)).Concat(links.Unheld.SelectMany(unheld => unheld.Clues)).ToList();
        Assert.True(clues.Count > 300 && clues.Select(clue => clue.Clue).Distinct().Count() >= 5);
        StoredText.AssertSlices(clues, sets.Records.ToDictionary(record => record.Id));
    }

    [Fact]
    public void Any_order_of_the_records_gives_the_same_links_and_proposals()
    {
        var sets = new InventedSets(40, seed: 3);
        var shuffled = sets.Records.OrderBy(record => ContentOrder(record)).Append(new DeletedRecord { Pmid = 5 }).ToList();
        Assert.NotEqual(sets.Records.Select(record => record.Id), shuffled.Select(record => record.Id));
        Assert.Equal(Written(TrialLinker.Link(sets.Records, sets.NamesOf, CancellationToken.None)), Written(TrialLinker.Link(shuffled, sets.NamesOf, CancellationToken.None)));

        static string ContentOrder(SourceRecord record) => new([.. record.Id.Text.Reverse()]);

        static IEnumerable<string> Written(LinkSet links) =>
        [
            .. links.Links.Select(link => $"{link.Pair} {link.Kind} {link.Strength} {string.Join('+', link.Clues.Select(clue => clue.Reason))}"),
            .. links.Unheld.Select(unheld => $"{unheld.Number} {string.Join('+', unheld.Clues.Select(clue => clue.ReadIn))}"),
            .. links.Proposals.Select(proposal => $"{proposal.Pair} {proposal.Score:R} {string.Join('+', proposal.Clues.Select(clue => clue.Reason))}"),
        ];
    }

    [Fact]
    public void Proposals_show_their_parts_and_these_add_up()
    {
        var (links, _) = Build(new InventedSets(Sets, seed: 8));
        Assert.All(links.Proposals, proposal => Assert.Equal(proposal.Score, proposal.Parts.Sum(part => part.Points), 6));
        Assert.All(links.Proposals.GroupBy(proposal => proposal.Pair), same => Assert.Single(same));
    }

    private static (LinkSet Links, StudySet Studies) Build(InventedSets sets)
    {
        var links = TrialLinker.Link(sets.Records, sets.NamesOf, CancellationToken.None);
        return (links, StudyBuilder.Build(sets.Records, links, []));
    }

    private static IEnumerable<RecordId> Ranked(LinkSet links, RecordId paper) => links.Proposals.Where(proposal => proposal.Pair.Second == paper)
        .OrderByDescending(proposal => proposal.Score).ThenBy(proposal => proposal.Pair).Select(proposal => proposal.Pair.First);

    private static string Share(int part, int whole) => whole == 0 ? "-" : $"{part} of {whole}";
}
