using System.Diagnostics;
using System.Diagnostics.Metrics;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Nightly;

/// <summary>A night seen from outside: a span a stage, and counts of what it did. Nothing of what a record says is in either.</summary>
internal static class NightTrace
{
    private static readonly ActivitySource Source = new("CarTIngest.Nightly", ProductVersion.Text);
    private static readonly Meter Meter = new("CarTIngest.Nightly", ProductVersion.Text);
    private static readonly Counter<long> Nights = Meter.CreateCounter<long>("cartingest.nights", "{night}", "Nights of a source that came to their end.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("cartingest.records", "{record}", "What nights did with announced records: new, revised, unchanged, quarantined, unavailable; and with those announced no more: left, missing, gone.");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("cartingest.source.requests", "{request}", "Requests to a source, retries included.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("cartingest.source.received", "By", "Bodies received from a source, unpacked.");
    private static readonly Counter<long> Entered = Meter.CreateCounter<long>("cartingest.queue.entered", "{study}", "Studies that entered the queue.");

    /// <summary>A span that ends when it is disposed; null, and free of cost, while nobody listens.</summary>
    public static Activity? Stage(string name, long run) => Source.StartActivity(name)?.SetTag("cartingest.run", run);

    /// <summary>The same for a stage of one source.</summary>
    public static Activity? Stage(string name, string source) => Source.StartActivity(name)?.SetTag("cartingest.source", source);

    public static void Count(SourceNight night)
    {
        var source = new KeyValuePair<string, object?>("source", night.Source);
        Nights.Add(1, source, new("complete", night.Complete));
        Requests.Add(night.Requests, source);
        Bytes.Add(night.Bytes, source);
        foreach (var (outcome, count) in new[]
        {
            ("new", night.New), ("revised", night.Revised), ("unchanged", night.Unchanged), ("quarantined", night.Quarantined), ("unavailable", night.Unavailable),
            ("left", night.Left), ("missing", night.Missing), ("gone", night.Gone),
        })
        {
            Records.Add(count, source, new("outcome", outcome));
        }
    }

    public static void Count(NightReport report)
    {
        Entered.Add(report.Likely.Count, new KeyValuePair<string, object?>("verdict", "likely"));
        Entered.Add(report.Possible.Count, new KeyValuePair<string, object?>("verdict", "possible"));
    }
}
