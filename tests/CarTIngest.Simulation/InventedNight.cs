using CarTIngest.Eligibility;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CarTIngest.Simulation;

/// <summary>The product's night over sources that answer by themselves, without HTTP.</summary>
internal static class InventedNight
{
    public static NightlyRun Of(IReadOnlyList<ISource> sources, StoreFactory stores, Leases leases, IReadOnlySet<RecordId> included, NightlyOptions options, TimeProvider clock, Protocol? protocol = null, AlertsOptions? alerts = null, Rulebook? rulebook = null)
    {
        var ledger = new NightLedger(stores, clock);
        var holdings = new Holdings(stores);
        var plans = new PlanStage(new CensusStage(ledger, options, clock, NullLogger<CensusStage>.Instance), holdings, ledger, new IncludedReports(included), new NightArms(stores, ProtocolFile.Plain, NullLogger<NightArms>.Instance), clock);
        var stage = new SourceStage(plans, new FetchStage(new RecordPlacing(stores, clock)), holdings, ledger, stores, clock);
        return new NightlyRun(
            [.. sources.Select(source => new AskedSource(source, new NoTraffic()))],
            stage,
            new StudyStage(rulebook ?? BundledReview.Rulebook, protocol ?? ProtocolFile.Plain, NullLogger<StudyStage>.Instance),
            new WatchStage(protocol ?? ProtocolFile.Plain, NullLogger<WatchStage>.Instance),
            AlertsOf(alerts ?? new AlertsOptions(), protocol ?? ProtocolFile.Plain, clock),
            ledger,
            leases,
            NullLogger<NightlyRun>.Instance);
    }

    private static NightAlerts AlertsOf(AlertsOptions options, Protocol protocol, TimeProvider clock) =>
        new(new Recipients(options), new Letters(new MailTemplates(), new AlertsPlace(null, TimeZoneInfo.Utc)), protocol, options, clock);

    /// <summary>A way out that nobody takes.</summary>
    private sealed class NoTraffic : SourceHttp
    {
        public override long Requests => 0;

        public override long BytesReceived => 0;

        public override Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("An invented source sends nothing.");
    }
}
