using CarTIngest.Eligibility;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>How much of matching is asked for: proposals and warnings are most of the work.</summary>
public enum LinkDepth
{
    /// <summary>What joins.</summary>
    Joined = 0,

    /// <summary>That, what is proposed, and where patients may be counted twice.</summary>
    Everything = 1,
}

/// <summary>
/// What matching sees over all that is held, found anew whenever it is asked for: a night keeps which records make a study, and not the clues. People's words up to now are heeded, so that the
/// answer may be a night ahead of the queue.
/// </summary>
public sealed class LinkReading(StoreFactory stores)
{
    /// <returns>Null before a night judged anything.</returns>
    public async Task<LinksSeen?> ReadAsync(Protocol protocol, LinkDepth depth, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        if (await RulebookShelf.LastAsync(store, cancellationToken) is not { } rulebook)
        {
            return null;
        }

        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var verdicts = await JudgementBook.VerdictsAsync(store, cancellationToken);
        var bodies = await store.Records.AsNoTracking().Where(record => record.Standing != Model.Standing.Gone).Select(record => record.Body).ToListAsync(cancellationToken);
        var records = bodies.Select(RecordJson.Read).ToDictionary(record => record.Id);
        var stored = await StudyShelf.ReadAsync(store, cancellationToken);
        var names = new Dictionary<RecordId, IReadOnlySet<string>>();
        var links = TrialLinker.Link(records.Values, NamesOf, paper => depth == LinkDepth.Everything && IsSeen(paper.Id), cancellationToken);
        var set = StudyBuilder.Build(records.Values, links, Rulings.Of(state));
        return new LinksSeen(
            state,
            set.Studies,
            [.. set.Proposals.Where(IsForPeople)],
            depth == LinkDepth.Everything ? [.. SamePatients.Find(set.Studies, records.Values, NamesOf, cancellationToken).Where(warning => IsSeen(warning.Pair.First) && IsSeen(warning.Pair.Second))] : [],
            verdicts,
            records.ToDictionary(record => record.Key, record => TitleOf(record.Value)),
            stored);

        IReadOnlySet<string> NamesOf(SourceRecord record) =>
            names.TryGetValue(record.Id, out var known) ? known : names[record.Id] = rulebook.NamesIn(record);

        bool IsSeen(RecordId id) => verdicts.GetValueOrDefault(id) >= Verdict.Possible;

        // Of what the machine rejects nobody sorts the reports.
        bool IsForPeople(Proposal proposal) => proposal.Kind == LinkKind.ReportOf ? IsSeen(LinksSeen.PaperOf(proposal.Pair)) : IsSeen(proposal.Pair.First) || IsSeen(proposal.Pair.Second);
    }

    /// <summary>Both records with all of their studies: who has a tie to one of these decides nothing on the link.</summary>
    public static async Task<DecisionSubject> AboutAsync(StoreContext store, RecordId one, RecordId other, CancellationToken cancellationToken)
    {
        var members = await StudyShelf.CurrentAsync(store, cancellationToken);
        var studies = members.Where(member => member.RecordId == one.Text || member.RecordId == other.Text).Select(member => member.Study).ToHashSet(StringComparer.Ordinal);
        var records = members.Where(member => studies.Contains(member.Study)).Select(member => Holdings.IdOf(member.RecordId)).Append(one).Append(other).Distinct().Order().ToList();
        return new DecisionSubject(one.Text, records, records.Exists(record => record.Source == "pubmed"), HasResults: false);
    }

    private static string TitleOf(SourceRecord record) => record switch
    {
        Publication publication => publication.Title,
        Trial trial => trial.BriefTitle ?? trial.OfficialTitle ?? "",
        _ => "",
    };
}

/// <param name="State">What people have decided so far.</param>
/// <param name="Studies">As the next night will make them.</param>
/// <param name="Proposals">For a person to rule on; none of papers that the machine rejects.</param>
/// <param name="Patients">Between records that are likely or possible.</param>
/// <param name="Stored">The studies as the last night made them.</param>
public sealed record LinksSeen(
    ScreeningState State,
    IReadOnlyList<Study> Studies,
    IReadOnlyList<Proposal> Proposals,
    IReadOnlyList<SamePatientsWarning> Patients,
    IReadOnlyDictionary<RecordId, Verdict> Verdicts,
    IReadOnlyDictionary<RecordId, string> Titles,
    IReadOnlyList<StudyRecords> Stored)
{
    /// <summary>Every link within a study, once.</summary>
    public static IReadOnlyList<Link> LinksOf(Study study) =>
        [.. study.Registrations.SelectMany(registration => registration.Because).Concat(study.Reports.SelectMany(report => report.Because)).DistinctBy(link => link.Pair).OrderBy(link => link.Pair)];

    /// <summary>A record's links within its studies.</summary>
    public IReadOnlyList<Link> LinksOf(RecordId record) =>
        [.. Studies.SelectMany(LinksOf).Where(link => link.Pair.First == record || link.Pair.Second == record).DistinctBy(link => link.Pair).OrderByDescending(link => link.Strength).ThenBy(link => link.Pair)];

    /// <summary>The numbers that put it into a study though no registration held carries them.</summary>
    public IReadOnlyList<LinkClue> NumbersOf(RecordId record) =>
        [.. Studies.SelectMany(study => study.Reports).Where(report => report.Id == record).SelectMany(report => report.Numbers).DistinctBy(clue => clue.Number)];

    /// <summary>Of a paper and a registration the paper; of two of a kind the second.</summary>
    public static RecordId PaperOf(Matching.RecordPair pair) => pair.First.Source == "pubmed" ? pair.First : pair.Second;

    /// <summary>The records that will be in other company from the next night on.</summary>
    public IReadOnlyList<RecordId> Moving()
    {
        var before = Stored.SelectMany(study => study.Records.Select(record => (record, Company: string.Join(' ', study.Records)))).ToLookup(each => each.record, each => each.Company);
        return [.. Studies.SelectMany(study => study.Records.Select(record => (record, Company: string.Join(' ', study.Records.Order())))).ToLookup(each => each.record, each => each.Company)
            .Where(now => !now.ToHashSet(StringComparer.Ordinal).SetEquals(before[now.Key])).Select(now => now.Key).Order()];
    }
}
