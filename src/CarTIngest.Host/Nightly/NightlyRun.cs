using System.Globalization;
using System.Runtime.ExceptionServices;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// One night, in order: close the book of runs that were cut short; open a run; per source a census, the fetch, the placing, the reconciliation; judge, match and queue; look whether the searches lost an included study; write what people must know at once; and close the run with its report.
/// A source that fails does not touch the others, and every stage may run twice with the same end. A store that fails ends the run, for nothing could be
/// written down; the next run closes its book. A run may also ask nobody and only judge, match and queue what is held.
/// </summary>
public sealed partial class NightlyRun(IReadOnlyList<AskedSource> sources, SourceStage stage, StudyStage studies, WatchStage watch, NightAlerts alerts, NightLedger ledger, Leases leases, ILogger<NightlyRun> log)
{
    private static readonly Func<ILogger, long, IDisposable?> InRun = LoggerMessage.DefineScope<long>("run {Run}");

    /// <exception cref="ArgumentException">No such source.</exception>
    /// <exception cref="LeaseHeldException">Another process is at work on the store; nothing was done.</exception>
    /// <exception cref="LeaseLostException">Another process took over while this one slept.</exception>
    public async Task<NightReport> RunAsync(NightRequest request, CancellationToken cancellationToken)
    {
        await using var lease = await leases.TakeAsync(Leases.Night, cancellationToken);
        return await RunAsync(request, lease, cancellationToken);
    }

    /// <summary>The same for a caller that has taken <see cref="Leases.Night"/> and looked whether there is anything to do.</summary>
    /// <exception cref="ArgumentException">No such source.</exception>
    /// <exception cref="LeaseLostException">Another process took over while this one slept.</exception>
    public async Task<NightReport> RunAsync(NightRequest request, HeldLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(lease);
        var asked = sources.Where(source => request.Asks(source.Name)).ToList();
        if (asked.Count == 0 && request.AsksSources)
        {
            throw new ArgumentException($"There is no source '{request.OnlySource}'.", nameof(request));
        }

        await ledger.CloseCutRunsAsync(lease, cancellationToken);
        var run = await ledger.OpenRunAsync(request.Night, ProductVersion.Text, lease, cancellationToken);
        using var night = NightTrace.Stage("night", run)?.SetTag("cartingest.night", request.Night.ToString("O", CultureInfo.InvariantCulture));
        // What is logged meanwhile bears the run's number.
        using var scope = InRun(log, run);
        NightOpened(request.Night, run);
        var nights = new List<SourceOutcome>();
        ExceptionDispatchInfo? bug = null;
        foreach (var source in asked)
        {
            var outcome = await AskAsync(source, lease, run, request, cancellationToken);
            NightTrace.Count(outcome.Sums);
            nights.Add(outcome);
            bug ??= outcome.Bug;
        }

        var report = await ledger.CloseRunAsync(run, lease, (store, row) => ReportAsync(store, row, nights, cancellationToken), cancellationToken);
        NightTrace.Count(report);
        NightClosed(request.Night, run, !request.AsksSources ? "over" : report.Complete ? "complete" : "not complete");
        bug?.Throw();
        return report;
    }

    private async Task<NightReport> ReportAsync(StoreContext store, Run run, List<SourceOutcome> sources, CancellationToken cancellationToken)
    {
        var queue = await studies.RunAsync(store, run, cancellationToken);
        var report = new NightReport(
            run.Night, run.Id, [.. sources.Select(source => source.Sums)], queue.Likely, queue.Possible, queue.Tasks, [.. sources.SelectMany(source => source.Changes)], Alerts: 0)
        {
            Beside = queue.Beside,
            Watch = await watch.RunAsync(store, run, cancellationToken),
            Waiting = [.. sources.Select(source => source.Waiting).Append(queue.Waiting).OfType<WaitingChange>()],
        };
        return report with { Alerts = await alerts.WriteAsync(store, run, report, cancellationToken) };
    }

    private async Task<SourceOutcome> AskAsync(AskedSource asked, HeldLease lease, long run, NightRequest request, CancellationToken cancellationToken)
    {
        using var span = NightTrace.Stage("source", asked.Source.Name);
        var (requests, bytes) = (asked.Http.Requests, asked.Http.BytesReceived);
        try
        {
            var outcome = await stage.RunAsync(asked, lease, run, request, cancellationToken);
            SourceClosed(asked.Source.Name, outcome.Sums.Announced, outcome.Sums.New, outcome.Sums.Revised, outcome.Sums.Complete ? "Complete." : string.Join(" ", outcome.Sums.Why));
            return outcome;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or LeaseLostException) && StoreFailure.Says(failure) is null && !StoreFailure.IsDamage(failure))
        {
            // What nobody foresaw ends this source's night and not the other's; it is thrown again when the book is closed.
            var bug = failure is SourceDownException ? null : ExceptionDispatchInfo.Capture(failure);
            var sums = SourceNight.Down(asked.Source.Name, failure.Message, asked.Http.Requests - requests, asked.Http.BytesReceived - bytes);
            if (bug is null)
            {
                SourceFailed(asked.Source.Name, failure.Message);
            }
            else
            {
                SourceBroke(asked.Source.Name, failure);
            }

            await ledger.CloseSourceAsync(SourceClosing.Down(run, request.Night, lease, sums, asked.Source.ReaderVersion), cancellationToken);
            return new SourceOutcome(sums, [], bug);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Night {Night:yyyy-MM-dd} begins as run {Run}.")]
    private partial void NightOpened(DateOnly night, long run);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: {Announced} announced, {New} new, {Revised} revised. {Says}")]
    private partial void SourceClosed(string source, int announced, int @new, int revised, string says);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Source} gave no answer that can be trusted: {Says} Nothing was lost; the next night asks again from the last complete one.")]
    private partial void SourceFailed(string source, string says);

    [LoggerMessage(Level = LogLevel.Error, Message = "The night of {Source} ended by a mistake of this program. What it had stored stays, and the next night asks again.")]
    private partial void SourceBroke(string source, Exception mistake);

    [LoggerMessage(Level = LogLevel.Information, Message = "Night {Night:yyyy-MM-dd}, run {Run}, is {Completeness}.")]
    private partial void NightClosed(DateOnly night, long run, string completeness);
}

/// <summary>A night is over and not complete. What it stored stays; its watermark did not move.</summary>
public sealed class NightIncompleteException(string says) : Exception(says)
{
    internal static NightIncompleteException Of(NightReport report) =>
        new(string.Join(" ", report.Sources.SelectMany(source => source.Why.Select(why => $"{source.Source}: {why}"))));
}

/// <param name="Changes">Fields changed by what came since the last night that was told.</param>
/// <param name="Bug">What ended the source's night though no source failed.</param>
public sealed record SourceOutcome(SourceNight Sums, IReadOnlyList<FieldChange> Changes, ExceptionDispatchInfo? Bug = null)
{
    /// <summary>The review folder's strategy, where it is another than that in force and nobody adopted it.</summary>
    public WaitingChange? Waiting { get; init; }
}
