using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Preprint and paper, and the same citation under two PMIDs, as links and proposals.</summary>
internal static class WorkLinks
{
    public static LinkSet Of(IEnumerable<Publication> publications, CancellationToken cancellationToken)
    {
        var byKey = publications.ToDictionary(publication => publication.Id.Text, StringComparer.Ordinal);
        var links = new List<Link>();
        var proposals = new List<Proposal>();
        foreach (var match in DuplicateFinder.Find(byKey.Values.Select(Citation.Of), cancellationToken).Matches)
        {
            var (first, second) = (byKey[match.First], byKey[match.Second]);
            var pair = RecordPair.Of(first.Id, second.Id);
            var kind = match.Relation == CitationRelation.PreprintOf ? LinkKind.PreprintOf : LinkKind.SameRecord;
            if (match.Relation == CitationRelation.Unsure)
            {
                proposals.Add(new(pair, kind, match.Score, match.Parts, [Clue(first, match, ClueStrength.Suggestive), Clue(second, match, ClueStrength.Suggestive)]));
            }
            else
            {
                links.Add(new(pair, kind, ClueStrength.Strong, [Clue(first, match, ClueStrength.Strong), Clue(second, match, ClueStrength.Strong)]));
            }
        }

        return new(links, [], proposals);
    }

    private static LinkClue Clue(Publication publication, CitationMatch match, ClueStrength strength) =>
        new(ClueNames.Citation, strength, match.Reason, publication.Id, [ReadWords.Whole("title", publication.Title)], publication.Doi, publication.Published);
}
