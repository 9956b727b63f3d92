using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>Takes a source's census and decides how far it is believed. What shrank is asked again before it is refused.</summary>
public sealed partial class CensusStage(NightLedger ledger, NightlyOptions options, TimeProvider clock, ILogger<CensusStage> log)
{
    /// <param name="mark">The source's last complete night; null before the first.</param>
    public async Task<TakenCensus> TakeAsync(
        ISource source, NightRequest request, Watermark? mark, IReadOnlyDictionary<RecordId, HeldStanding> standings, IRawArchive archive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var night = request.Night;
        var before = await ledger.ArmsBeforeAsync(source.Name, cancellationToken);
        var held = standings.Values.Count(record => record.Mark is { Announced: true, Gone: false });
        var earliest = night.AddDays(-options.ChangeWindowDays);
        // A day more than tonight: the source's day may have begun already.
        var window = new CensusWindow(mark is { } m && m.Night < earliest ? m.Night : earliest, night.AddDays(1));
        var census = await source.TakeCensusAsync(window, archive, cancellationToken);
        var suspicions = Suspicions(census, before, held);
        if (suspicions.Count > 0 || CensusGuard.HasNewZero(census, before))
        {
            AskedAgain(source.Name, suspicions.Count > 0 ? string.Join(" ", suspicions) : "an arm that matched something matches nothing now.");
            await Task.Delay(TimeSpan.FromSeconds(options.SecondLookAfterSeconds), clock, cancellationToken);
            census = await source.TakeCensusAsync(window, archive, cancellationToken);
            suspicions = Suspicions(census, before, held);
        }

        var why = census.Arms.Where(arm => !arm.Proven).Select(arm => $"Arm {arm.Arm.Name} is not proven: {arm.WhyNotProven}")
            .Concat(suspicions)
            .ToList();
        // A reading dated after tonight was dated by a clock that ran ahead: it counts for nothing.
        var wholeDue = request.Scope == ReadingScope.Whole
            || (source.Reread.AllAtOnce && !(mark?.ReadWhole is { } last && last <= night && night.DayNumber - last.DayNumber < source.Reread.WithinDays));
        return new TakenCensus(census, why, wholeDue);
    }

    private IReadOnlyList<string> Suspicions(SourceCensus census, IReadOnlyList<ArmBefore> before, int held) =>
        CensusGuard.Suspicions(census, before, options.Shrink) is { Count: > 0 } shrunken ? shrunken : CensusGuard.NothingAtAll(census, held) is { } nothing ? [nothing] : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source} is asked again: {Says}")]
    private partial void AskedAgain(string source, string says);
}

/// <param name="WhyNotBelieved">Empty when every arm is proven and none shrank beyond belief. A census that is not believed may add records and never takes any away.</param>
/// <param name="ReadWhole">Whether everything held is to be read again tonight.</param>
public sealed record TakenCensus(SourceCensus Census, IReadOnlyList<string> WhyNotBelieved, bool ReadWhole)
{
    public bool Believed => WhyNotBelieved.Count == 0;
}
