using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>What of all that matching sees concerns one record, or everything; in the order in which it is listed.</summary>
/// <param name="Record">Null: all.</param>
/// <param name="Top">So many proposals for a paper.</param>
internal sealed record ListedLinks(LinksSeen Seen, RecordId? Record, int Top)
{
    /// <summary>Studies of several records, or those of the record asked for.</summary>
    public IReadOnlyList<Study> Studies => [.. Seen.Studies.Where(study => Record is { } record ? study.Records.Contains(record) : study.Records.Skip(1).Any())];

    public IReadOnlyList<(Study Study, Link Link)> Twice =>
        [.. Studies.SelectMany(study => LinksSeen.LinksOf(study).Where(link => IsTwice(link.Kind)).Select(link => (study, link))).DistinctBy(each => each.link.Pair)];

    public IReadOnlyList<Proposal> PerhapsTwice => [.. Seen.Proposals.Where(proposal => IsTwice(proposal.Kind) && Concerns(proposal.Pair)).OrderByDescending(proposal => proposal.Score).ThenBy(proposal => proposal.Pair)];

    /// <summary>For each paper its best registrations; what anything names comes before what only agrees.</summary>
    public IReadOnlyList<Proposal> Proposals =>
    [
        .. Seen.Proposals.Where(proposal => !IsTwice(proposal.Kind) && Concerns(proposal.Pair)).GroupBy(proposal => LinksSeen.PaperOf(proposal.Pair)).OrderBy(paper => paper.Key)
            .SelectMany(paper => paper.OrderByDescending(proposal => proposal.Clues.Count > 0).ThenByDescending(proposal => proposal.Score).ThenBy(proposal => proposal.Pair).Take(Top)),
    ];

    public IReadOnlyList<SamePatientsWarning> Patients => [.. Seen.Patients.Where(warning => Concerns(warning.Pair))];

    public IReadOnlyList<(string First, string Second, LinkSaid Said, bool Holds)> Said =>
    [
        .. Seen.State.Links.Where(link => Record is not { } record || Mine.Any(mine => mine.Text == link.Key.First || mine.Text == link.Key.Second) || link.Key.First == record.Text || link.Key.Second == record.Text)
            .SelectMany(link => link.Value.Select((said, at) => (link.Key.First, link.Key.Second, said, at == link.Value.Count - 1))).OrderBy(each => each.said.At),
    ];

    private HashSet<RecordId> Mine { get; } = Record is { } asked ? [.. Seen.Studies.Where(study => study.Records.Contains(asked)).SelectMany(study => study.Records), asked] : [];

    private bool Concerns(Matching.RecordPair pair) => Record is null || Mine.Contains(pair.First) || Mine.Contains(pair.Second);

    private static bool IsTwice(LinkKind kind) => kind is LinkKind.SameRecord or LinkKind.PreprintOf;
}
