using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What is stored of the records of included studies, in the form in which the watch over the searches asks for it.</summary>
internal sealed class WatchReading
{
    private const int AtOnce = 500;

    private readonly Dictionary<string, HeldRecord> held = new(StringComparer.Ordinal);
    private readonly List<ArmMatch> matches = [];
    private readonly List<Change> changes = [];
    private readonly List<HeldJudgement> judgements = [];
    private readonly Dictionary<string, string> books;
    private readonly IReadOnlySet<string> settled;

    private WatchReading(Dictionary<string, string> books, IReadOnlySet<string> settled) => (this.books, this.settled) = (books, settled);

    /// <param name="settled">Sources with a complete census tonight.</param>
    public static async Task<IReadOnlyList<WatchedStudy>> OfAsync(StoreContext store, IReadOnlyList<ClassedStudy> included, IReadOnlySet<string> settled, CancellationToken cancellationToken)
    {
        var books = (await store.Rulebooks.AsNoTracking().OrderBy(row => row.Id).Select(row => new { row.Hash, row.Name, row.Version }).ToListAsync(cancellationToken))
            .GroupBy(row => row.Hash).ToDictionary(rows => rows.Key, rows => $"rulebook {rows.Last().Name} {rows.Last().Version} ({rows.Key[..Math.Min(rows.Key.Length, 15)]})", StringComparer.Ordinal);
        var reading = new WatchReading(books, settled);
        foreach (var share in included.SelectMany(study => study.Records).Select(id => id.Text).Distinct().Chunk(AtOnce))
        {
            await reading.ReadAsync(store, share, cancellationToken);
        }

        var matchesOf = reading.matches.ToLookup(match => match.RecordId);
        var ended = matchesOf.Where(own => own.All(match => match.UntilRunId is not null)).SelectMany(own => own.Where(match => match.UntilRunId == own.Max(other => other.UntilRunId)));
        var stored = new Stored(matchesOf, reading.changes.ToLookup(change => change.RecordId), reading.judgements.ToLookup(judged => judged.RecordId), await ArmsThen.ReadAsync(store, ended, cancellationToken));
        return [.. included.Select(study => new WatchedStudy(study.Id, [.. study.Records.Select(record => reading.ReportOf(record, stored))]))];
    }

    private async Task ReadAsync(StoreContext store, string[] ids, CancellationToken cancellationToken)
    {
        foreach (var row in await store.Records.AsNoTracking().Where(record => ids.Contains(record.Id)).ToListAsync(cancellationToken))
        {
            held[row.Id] = row;
        }

        matches.AddRange((await store.Matches.AsNoTracking().Where(match => ids.Contains(match.RecordId)).ToListAsync(cancellationToken)).Where(match => BuiltArms.IsTopical(match.Arm)));
        changes.AddRange(await store.Changes.AsNoTracking().Where(change => ids.Contains(change.RecordId)).OrderBy(change => change.Id).ToListAsync(cancellationToken));
        judgements.AddRange(await store.Judgements.AsNoTracking().Where(judged => ids.Contains(judged.RecordId)).OrderBy(judged => judged.Id).ToListAsync(cancellationToken));
    }

    private WatchedReport ReportOf(RecordId id, Stored stored)
    {
        var row = held.GetValueOrDefault(id.Text);
        var own = stored.Matches[id.Text].ToList();
        var until = own.Max(match => match.UntilRunId) ?? 0;
        var now = own.Where(match => match.UntilRunId is null).Select(match => match.Arm).Distinct().Order(StringComparer.Ordinal).ToList();
        var before = now.Count > 0 ? [] : own.Where(match => match.UntilRunId == until).Select(stored.Arms.Of).ToList();
        return new WatchedReport(
            id,
            row switch { null => SourceSight.NotHeld, { Standing: Model.Standing.Missing } => SourceSight.Missing, { Standing: Model.Standing.Gone } => SourceSight.Gone, _ => SourceSight.Given },
            now,
            before,
            [.. stored.Changes[id.Text].Where(change => before.Count > 0 && (change.RunId >= until || (change.RunId is null && change.Night >= stored.Arms.LastNight(id.Source, until)))).Select(EditOf)],
            row is null ? null : JudgedOf(row, [.. stored.Judgements[id.Text]], stored.Changes[id.Text]))
        {
            IsSettled = settled.Contains(id.Source),
            SourceSays = row?.MergedInto is { } into ? $"It goes on as {into}." : row?.MissingIn is { } version ? $"First so in its data of {version}." : null,
        };
    }

    private WatchedVerdict? JudgedOf(HeldRecord row, List<HeldJudgement> own, IEnumerable<Change> edits)
    {
        if (own.FindLast(judged => judged.Revision == row.Revision) is not { } now)
        {
            return null;
        }

        var likely = now.Verdict == Verdict.Likely ? null : own.FindLast(judged => judged.Id < now.Id && judged.Verdict == Verdict.Likely);
        return new WatchedVerdict(
            now.Verdict,
            JudgementJson.Read(now.Body).Criteria,
            BookOf(now),
            likely is null ? null : new LikelyBefore(JudgementJson.Read(likely.Body).Criteria, BookOf(likely)),
            likely is null ? [] : [.. edits.Where(change => change.Revision > likely.Revision).Select(EditOf)]);
    }

    private string BookOf(HeldJudgement judged) => books.GetValueOrDefault(judged.Rulebook) ?? $"rulebook {judged.Rulebook}";

    private static FieldEdit EditOf(Change change) => new(change.Field, change.From, change.To);

    private sealed record Stored(ILookup<string, ArmMatch> Matches, ILookup<string, Change> Changes, ILookup<string, HeldJudgement> Judgements, ArmsThen Arms);
}
