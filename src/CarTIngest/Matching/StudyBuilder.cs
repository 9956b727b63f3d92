using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// Builds the studies from records, links and what people ruled. Pure: the same three in any order give the same studies, so a night may build them all
/// anew. People's word stands above every clue: apart stays apart in every later run.
/// </summary>
/// <remarks>
/// Apart, where either is a registration: never in one study. Two publications: no link of their own joins them and no unheld number does; each stays with
/// the registrations that it is linked with itself.
/// </remarks>
public static class StudyBuilder
{
    public static StudySet Build(IEnumerable<SourceRecord> records, LinkSet links, IEnumerable<LinkRuling> rulings)
    {
        var held = records.Where(record => record is Publication or Trial && record.Id != default).GroupBy(record => record.Id).ToDictionary(same => same.Key, same => same.First());
        var inForce = new RulingsInForce(rulings);
        var standing = Standing(links.Links, inForce);
        var members = new Memberships(held.Keys, standing, links.Unheld, inForce);
        var linksOf = standing.SelectMany(link => new[] { (Of: link.Pair.First, Link: link), (Of: link.Pair.Second, Link: link) }).ToLookup(each => each.Of, each => each.Link);
        var numbersOf = links.Unheld.SelectMany(number => number.Clues).ToLookup(clue => clue.ReadIn);

        var studies = new List<Study>();
        foreach (var id in members.Registrations.Keys.Concat(members.Reports.Keys).Distinct().Order())
        {
            var registrations = members.Registrations.GetValueOrDefault(id) ?? [];
            var reports = members.Reports.GetValueOrDefault(id) ?? [];
            var all = registrations.Concat(reports).ToHashSet();
            studies.Add(new(
                id,
                [.. registrations.Select(registration => new StudyRegistration(
                    registration, ((Trial)held[registration]).HasResults, Within(linksOf[registration].Where(link => link.Kind == LinkKind.SameTrial), all)))],
                [.. reports.Select(report => new StudyReport(
                    report, ReportKinds.Of((Publication)held[report]), [.. numbersOf[report].OrderBy(clue => clue.Number, StringComparer.Ordinal)], Within(linksOf[report], all)))]));
        }

        return new(studies, Open(links.Proposals, inForce, studies));
    }

    // A ruling that joins is a link of its own, above those of any clue.
    private static List<Link> Standing(IReadOnlyList<Link> links, RulingsInForce rulings)
    {
        var ruled = rulings.Together.ToDictionary(ruling => ruling.Pair);
        var clued = links.Where(link => !rulings.Ruled(link.Pair));
        var confirmed = links.Where(link => ruled.ContainsKey(link.Pair)).ToDictionary(link => link.Pair);
        return
        [
            .. clued,
            .. ruled.Values.Select(ruling => new Link(
                ruling.Pair,
                confirmed.TryGetValue(ruling.Pair, out var link) && link.Kind != LinkKind.NoticeOf ? link.Kind : KindOf(ruling.Pair),
                ClueStrength.Ruled,
                [new(ClueNames.Person, ClueStrength.Ruled, $"{ruling.By} put them together.", ruling.Pair.First, [], null, null), .. link?.Clues ?? []])),
        ];
    }

    private static LinkKind KindOf(RecordPair pair) => (pair.First.Source, pair.Second.Source) switch
    {
        ("pubmed", "pubmed") => LinkKind.SameStudy,
        ("clinicaltrials", "clinicaltrials") => LinkKind.SameTrial,
        _ => LinkKind.ReportOf,
    };

    private static IReadOnlyList<Link> Within(IEnumerable<Link> links, HashSet<RecordId> study) =>
        [.. links.Where(link => study.Contains(link.Pair.First) && study.Contains(link.Pair.Second)).OrderByDescending(link => link.Strength).ThenBy(link => link.Pair)];

    // What a person ruled on is settled; what is in one study already needs no proposal.
    private static List<Proposal> Open(IReadOnlyList<Proposal> proposals, RulingsInForce rulings, List<Study> studies)
    {
        var studiesOf = studies.SelectMany(study => study.Records.Select(record => (record, study.Id))).ToLookup(each => each.record, each => each.Id);
        return [.. proposals.Where(proposal => !rulings.Ruled(proposal.Pair) && !studiesOf[proposal.Pair.First].Intersect(studiesOf[proposal.Pair.Second]).Any())];
    }
}
