using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// Which records belong to one trial, and why. Numbers join where they are strong enough; a paper that no number joins is weighed against the
/// registrations and proposed, never joined. Pure; the same records in any order give the same links.
/// </summary>
public static class TrialLinker
{
    /// <summary>Proposals for one paper.</summary>
    public const int MostProposals = 10;

    /// <param name="records">Publications and registrations, each id once; others are passed over.</param>
    /// <param name="namesOf">Products and antigens that a record names, each spelled one way.</param>
    public static LinkSet Link(IEnumerable<SourceRecord> records, Func<SourceRecord, IReadOnlySet<string>> namesOf, CancellationToken cancellationToken)
    {
        var held = records.Where(record => record is Publication or Trial && record.Id != default).OrderBy(record => record.Id).ToList();
        var publications = held.OfType<Publication>().ToDictionary(publication => publication.Id);
        var index = new MentionIndex(held, cancellationToken);
        var pairs = NumberedLinks.Of(index);
        var agreements = new AgreementIndex(held.OfType<Trial>(), namesOf, cancellationToken);
        var links = new List<Link>();
        var proposals = new List<Proposal>();

        foreach (var (pair, evidence) in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kind = KindOf(pair, evidence.Clues);
            if (evidence.Strength >= ClueStrength.Strong)
            {
                links.Add(new(pair, kind, evidence.Strength, evidence.Clues));
                continue;
            }

            var weighed = kind == LinkKind.ReportOf ? agreements.Between(Profile(Paper(pair)), Registration(pair)) : new Agreement(0, []);
            if (weighed.Score >= Agreement.ConfirmFrom && index.LimitOf(Paper(pair)) is null && evidence.Clues.Any(clue => clue.Clue == "registry reference"))
            {
                links.Add(new(pair, kind, ClueStrength.Strong, [Agreed(pair, weighed), .. evidence.Clues]));
            }
            else
            {
                proposals.Add(new(pair, kind, weighed.Score, weighed.Parts, evidence.Clues));
            }
        }

        AddWorks(links, proposals, publications.Values, cancellationToken);
        AddUnnumbered(links, proposals, publications.Values.Where(publication => index.LimitOf(publication.Id) is null).Select(publication => publication.Id));
        return new([.. links.OrderBy(link => link.Pair)], NumberedLinks.Unheld(index), [.. proposals.OrderBy(proposal => proposal.Pair)]);

        // Never kept: the profiles of all papers would fill the memory, and few are needed twice.
        PaperProfile Profile(RecordId id) => new(publications[id], namesOf(publications[id]));

        LinkClue Agreed(RecordPair pair, Agreement weighed) => new(
            "agreement", ClueStrength.Strong, $"The registry lists the paper, and both agree in {string.Join(", ", weighed.Parts.Where(part => part.Points > 0).Select(part => part.Part))}.",
            Paper(pair), [ReadWords.Whole("title", publications[Paper(pair)].Title)], null, publications[Paper(pair)].Published);

        void AddUnnumbered(List<Link> joined, List<Proposal> proposed, IEnumerable<RecordId> ids)
        {
            var reports = joined.Where(link => link.Kind == LinkKind.ReportOf).Select(link => Paper(link.Pair)).ToHashSet();
            var known = proposed.Select(proposal => proposal.Pair).ToHashSet();
            foreach (var id in ids.Where(id => !reports.Contains(id)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                proposed.AddRange(agreements.Best(Profile(id), MostProposals)
                    .Select(best => new Proposal(RecordPair.Of(id, best.Trial), LinkKind.ReportOf, best.Agreement.Score, best.Agreement.Parts, []))
                    .Where(proposal => known.Add(proposal.Pair)));
            }
        }
    }

    // Preprint and paper, and the same citation under two PMIDs.
    private static void AddWorks(List<Link> links, List<Proposal> proposals, IEnumerable<Publication> publications, CancellationToken cancellationToken)
    {
        var joined = links.Select(link => link.Pair).ToHashSet();
        var byKey = publications.ToDictionary(publication => publication.Id.Text, StringComparer.Ordinal);
        foreach (var match in DuplicateFinder.Find(byKey.Values.Select(Citation.Of), cancellationToken).Matches)
        {
            var (first, second) = (byKey[match.First], byKey[match.Second]);
            var pair = RecordPair.Of(first.Id, second.Id);
            if (joined.Contains(pair))
            {
                continue;
            }

            var kind = match.Relation == CitationRelation.PreprintOf ? LinkKind.PreprintOf : LinkKind.SameRecord;
            LinkClue[] clues =
            [
                .. new[] { first, second }.Select(publication => new LinkClue(
                    "citation", match.Relation == CitationRelation.Unsure ? ClueStrength.Suggestive : ClueStrength.Strong, match.Reason, publication.Id,
                    [ReadWords.Whole("title", publication.Title)], publication.Doi, publication.Published)),
            ];
            if (match.Relation == CitationRelation.Unsure)
            {
                proposals.Add(new(pair, kind, match.Score, match.Parts, clues));
            }
            else
            {
                links.Add(new(pair, kind, ClueStrength.Strong, clues));
            }
        }
    }

    private static LinkKind KindOf(RecordPair pair, IReadOnlyList<LinkClue> clues) => (IsPaper(pair.First), IsPaper(pair.Second)) switch
    {
        (true, true) => clues.Any(clue => clue.Clue == "notice") ? LinkKind.NoticeOf : LinkKind.PreprintOf,
        (false, false) => LinkKind.SameTrial,
        _ => LinkKind.ReportOf,
    };

    private static RecordId Paper(RecordPair pair) => IsPaper(pair.First) ? pair.First : pair.Second;

    private static RecordId Registration(RecordPair pair) => IsPaper(pair.First) ? pair.Second : pair.First;

    private static bool IsPaper(RecordId id) => id.Source == "pubmed";
}
