using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// Which records belong to one trial, and why. Numbers join where they are strong enough; a paper that no number joins is weighed against the
/// registrations and proposed, never joined. Pure; the same records in any order give the same links.
/// </summary>
public static class TrialLinker
{
    /// <summary>Proposals by score for one paper.</summary>
    public const int MostProposals = 10;

    /// <param name="records">Publications and registrations, each id once; others are passed over.</param>
    /// <param name="namesOf">Products and antigens that a record names, each spelled one way.</param>
    public static LinkSet Link(IEnumerable<SourceRecord> records, Func<SourceRecord, IReadOnlySet<string>> namesOf, CancellationToken cancellationToken) =>
        Link(records, namesOf, _ => true, cancellationToken);

    /// <param name="propose">For which papers without a number registrations are proposed by score: that is most of the work, and joins nothing.</param>
    public static LinkSet Link(IEnumerable<SourceRecord> records, Func<SourceRecord, IReadOnlySet<string>> namesOf, Func<Publication, bool> propose, CancellationToken cancellationToken)
    {
        var held = records.Where(record => record is Publication or Trial && record.Id != default).OrderBy(record => record.Id).ToList();
        var publications = held.OfType<Publication>().ToDictionary(publication => publication.Id);
        var index = new MentionIndex(held, cancellationToken);
        var agreements = new AgreementIndex(held.OfType<Trial>(), namesOf, cancellationToken);
        var links = new List<Link>();
        var proposals = new List<Proposal>();
        foreach (var (pair, evidence) in NumberedLinks.Of(index))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kind = KindOf(pair, evidence.Clues);
            if (evidence.Strength >= ClueStrength.Strong)
            {
                links.Add(new(pair, kind, evidence.Strength, evidence.Clues));
            }
            else if (kind != LinkKind.ReportOf)
            {
                proposals.Add(new(pair, kind, 0, [], evidence.Clues));
            }
            else
            {
                var paper = publications[Paper(pair)];
                var weighed = agreements.Between(new(paper, namesOf(paper)), Registration(pair));
                if (index.LimitOf(paper.Id) is null && Confirms(weighed, evidence))
                {
                    links.Add(new(pair, kind, ClueStrength.Strong, [Agreed(paper, weighed), .. evidence.Clues]));
                }
                else
                {
                    proposals.Add(new(pair, kind, weighed.Score, weighed.Parts, evidence.Clues));
                }
            }
        }

        var numbered = links.Select(link => link.Pair).ToHashSet();
        var works = WorkLinks.Of(publications.Values, cancellationToken);
        links.AddRange(works.Links.Where(link => !numbered.Contains(link.Pair)));
        proposals.AddRange(works.Proposals.Where(proposal => !numbered.Contains(proposal.Pair)));

        var reports = links.Where(link => link.Kind == LinkKind.ReportOf).Select(link => Paper(link.Pair)).ToHashSet();
        var known = proposals.Select(proposal => proposal.Pair).ToHashSet();
        foreach (var paper in publications.Values.Where(paper => propose(paper) && !reports.Contains(paper.Id) && index.LimitOf(paper.Id) is null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            proposals.AddRange(agreements.Best(new(paper, namesOf(paper)), MostProposals)
                .Select(best => new Proposal(RecordPair.Of(paper.Id, best.Trial), LinkKind.ReportOf, best.Agreement.Score, best.Agreement.Parts, []))
                .Where(proposal => known.Add(proposal.Pair)));
        }

        return new([.. links.OrderBy(link => link.Pair)], NumberedLinks.Unheld(index), [.. proposals.OrderBy(proposal => proposal.Pair)]);
    }

    // A DERIVED reference says that a number stood somewhere; the texts must say the rest.
    private static bool Confirms(Agreement weighed, PairEvidence evidence) =>
        weighed.Score >= Agreement.ConfirmFrom && evidence.Clues.Any(clue => clue.Clue == ClueNames.RegistryReference);

    private static LinkClue Agreed(Publication paper, Agreement weighed) => new(
        ClueNames.Agreement, ClueStrength.Strong, $"The registry lists the paper, and both agree in {string.Join(", ", weighed.Parts.Where(part => part.Points > 0).Select(part => part.Part))}.",
        paper.Id, [ReadWords.Whole("title", paper.Title)], null, paper.Published);

    private static LinkKind KindOf(RecordPair pair, IReadOnlyList<LinkClue> clues) => (IsPaper(pair.First), IsPaper(pair.Second)) switch
    {
        (true, true) => clues.Any(clue => clue.Clue == ClueNames.Notice) ? LinkKind.NoticeOf : LinkKind.PreprintOf,
        (false, false) => LinkKind.SameTrial,
        _ => LinkKind.ReportOf,
    };

    private static RecordId Paper(RecordPair pair) => IsPaper(pair.First) ? pair.First : pair.Second;

    private static RecordId Registration(RecordPair pair) => IsPaper(pair.First) ? pair.Second : pair.First;

    private static bool IsPaper(RecordId id) => id.Source == "pubmed";
}
