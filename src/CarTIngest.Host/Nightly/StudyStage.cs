using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// What a night makes of what is held, when its sources are closed: judge what is unjudged by the rulebook in force, match records into studies, let new studies into the queue and
/// ask for another look at those already there. All in the transaction that writes the night's report, so that a night that dies leaves nothing half done.
/// </summary>
public sealed partial class StudyStage(Rulebook offered, Protocol protocol, ILogger<StudyStage> log)
{
    private readonly KnownNames names = new();

    /// <param name="run">Its row, on which is noted by which rulebook it judged and which changes it weighed.</param>
    public async Task<StudyNight> RunAsync(StoreContext store, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        using var span = NightTrace.Stage("judge, match, queue", run.Id);
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var book = await RulebookShelf.InForceAsync(store, offered, state, cancellationToken);
        if (book.Offered is { } waiting)
        {
            RulebookWaits(WaitingWords.Of(book.Rulebook, waiting).Says, book.Rulebook.Hash, waiting.Hash);
        }

        if (book.IsNew)
        {
            RulebookShelf.Use(store, book.Rulebook, run.Id);
        }

        var judging = await JudgementBook.JudgeAsync(store, book.Rulebook, run.Id, run.Night, cancellationToken);
        var held = await HeldAsync(store, cancellationToken);
        var came = judging.Judged > 0 || await IsUnmatchedAsync(store, held, state, cancellationToken) ? await MatchAsync(store, book.Rulebook, held, state, run, cancellationToken) : [];
        run.KnownDecision = state.Number;
        var judgements = await JudgementBook.InForceAsync(store, cancellationToken);
        var judged = JudgedStudies.Of(await StudyShelf.ReadAsync(store, cancellationToken), held, judgements);
        var tonight = new CameTonight(held, judgements, came, await UnweighedAsync(store, run, cancellationToken), judging.Moved);
        var queue = await QueueBook.OpenAsync(store, protocol, [.. judged.Select(tonight.To)], new QueueRun(run.Id, run.Night), cancellationToken);
        run.Rulebook = book.Rulebook.Hash;
        return StudyNight.Of(queue) with { Waiting = book.Offered is { } another ? WaitingWords.Of(book.Rulebook, another) : null };
    }

    /// <summary>What changed since a night last came to this stage, whoever brought it: a night that died, or an import.</summary>
    private static async Task<IReadOnlyList<FieldChange>> UnweighedAsync(StoreContext store, Run run, CancellationToken cancellationToken)
    {
        var weighed = await store.Runs.MaxAsync(row => row.WeighedChange, cancellationToken) ?? 0;
        var changes = await store.Changes.AsNoTracking().Where(change => change.Id > weighed).OrderBy(change => change.Id).ToListAsync(cancellationToken);
        run.WeighedChange = changes.Count > 0 ? changes[^1].Id : weighed;
        return [.. changes.Select(change => new FieldChange(Holdings.IdOf(change.RecordId), change.Field, change.From, change.To))];
    }

    private static async Task<IReadOnlyDictionary<RecordId, HeldSource>> HeldAsync(StoreContext store, CancellationToken cancellationToken) =>
        (await store.Records.AsNoTracking().Where(record => record.Standing != Storage.Model.Standing.Gone).Select(record => new { record.Body, record.Baseline, record.Revision }).ToListAsync(cancellationToken))
            .Select(row => new HeldSource(RecordJson.Read(row.Body), row.Revision, row.Baseline)).ToDictionary(row => row.Record.Id);

    /// <summary>Whether people said something since records were matched last, or other records are held than were matched.</summary>
    private static async Task<bool> IsUnmatchedAsync(StoreContext store, IReadOnlyDictionary<RecordId, HeldSource> held, ScreeningState state, CancellationToken cancellationToken)
    {
        var known = await store.Runs.Where(row => row.KnownDecision != null).OrderByDescending(row => row.Id).Select(row => row.KnownDecision).FirstOrDefaultAsync(cancellationToken);
        var matched = (await StudyShelf.ReadAsync(store, cancellationToken)).SelectMany(study => study.Records).ToHashSet();
        return known != state.Number || !matched.SetEquals(held.Keys);
    }

    private async Task<IReadOnlyList<NewMember>> MatchAsync(
        StoreContext store, Rulebook rulebook, IReadOnlyDictionary<RecordId, HeldSource> held, ScreeningState state, Run run, CancellationToken cancellationToken)
    {
        var records = held.Values.Select(one => one.Record).ToList();
        var links = TrialLinker.Link(records, record => names.Of(rulebook, record, held[record.Id].Revision), propose: _ => false, cancellationToken);
        return await StudyShelf.WriteAsync(store, StudyBuilder.Build(records, links, Rulings.Of(state)).Studies, run.Id, run.Night, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Says} In force: {InForce}; waiting: {Offered}.")]
    private partial void RulebookWaits(string says, string inForce, string offered);
}

/// <param name="KnownBefore">Imported as known to the team.</param>
public sealed record HeldSource(SourceRecord Record, int Revision, bool KnownBefore);

/// <summary>What a night brought to the queue, as its report tells it.</summary>
/// <param name="Likely">Studies that entered as likely, each by the record that brought it.</param>
/// <param name="Beside">Their other likely and possible records.</param>
public sealed record StudyNight(IReadOnlyList<RecordId> Likely, IReadOnlyList<RecordId> Possible, IReadOnlyList<RecordId> Beside, IReadOnlyList<Reporting.StudyTask> Tasks)
{
    /// <summary>The review folder's rulebook, where it is another than that in force and nobody adopted it.</summary>
    public WaitingChange? Waiting { get; init; }

    internal static StudyNight Of(QueueNight written) => new(
        [.. Entered(written, Verdict.Likely)],
        [.. Entered(written, Verdict.Possible)],
        written.Beside,
        [.. written.Tasks.Select(task => new Reporting.StudyTask(task.Study, Spelling.Of(task.Task), Spelling.Of(task.Because), task.By))]);

    private static IEnumerable<RecordId> Entered(QueueNight written, Verdict verdict) =>
        written.Entries.Where(entry => entry.Verdict == verdict).Select(entry => entry.By).Order();
}
