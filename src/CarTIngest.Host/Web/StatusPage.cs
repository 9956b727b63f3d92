using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Web;

/// <summary>The first page: what is held, how far it is complete, the last nights in plain words. Everything that comes from outside is encoded.</summary>
internal static class StatusPage
{
    public static string Render(StatusReport status, TimeZoneInfo zone)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>CarTIngest: status</title><link rel="stylesheet" href="/style.css"></head>
            <body><main>
            <h1>What is held</h1>
            <p>{status.Held.Publications:N0} publications and {status.Held.Trials:N0} trials. {(status.Quarantined == 0 ? "Nothing lies in quarantine." : $"{status.Quarantined:N0} pieces could not be read and lie in quarantine.")}</p>
            <p>{Watermarks(status)}</p>
            {Watch(status)}
            <h2>The last nights</h2>
            """);
        page.Append(status.Runs.Count == 0 ? "<p>No night has run yet. The first one is about to begin.</p>" : Nights(status, zone));
        page.Append("""<p><a href="/hangfire">Jobs</a> · <a href="/health/live">Health</a></p></main></body></html>""");
        return page.ToString();
    }

    private static string Watermarks(StatusReport status) => status.Watermarks.Count == 0
        ? "No source had a complete night yet."
        : $"Complete to {string.Join(", ", status.Watermarks.Select(mark => $"{Day(mark.Value)} ({Text(mark.Key)})"))}.";

    private static string Watch(StatusReport status) => status.Watch.Count == 0 ? "" : string.Concat(
        status.Watch.Select(loss => $"<li>{Text(loss.Id.Text)} of the included study {Text(loss.Study)}, lost by {Text(loss.Lost)} since {Day(loss.Since)}. {Text(loss.Because)}</li>").Prepend("<h2>Lost of the included studies</h2><ul>").Append("</ul>"));

    private static string Nights(StatusReport status, TimeZoneInfo zone)
    {
        var table = new StringBuilder("""<div class="wide"><table><thead><tr><th>Night</th><th>Source</th><th class="n">Announced</th><th class="n">Held</th><th class="n">New</th><th class="n">Revised</th><th class="n">Left</th><th class="n">Missing</th><th class="n">Gone</th><th>What happened</th></tr></thead><tbody>""");
        foreach (var run in status.Runs)
        {
            if (run.Sources.Count == 0)
            {
                table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Day(run.Night)}</td><td colspan=\"8\"></td><td>{(run.EndedAt is null ? "At work, or its process died in it; the next night completes it." : "It asked no source: it judged again what is held, or was cut short before it asked.")}</td></tr>");
            }

            foreach (var source in run.Sources)
            {
                table.Append(CultureInfo.InvariantCulture, $"<tr><td><span title=\"run {run.Run}, begun {TimeZoneInfo.ConvertTime(run.StartedAt, zone):d MMM yyyy HH:mm zzz}\">{Day(run.Night)}</span></td><td>{Text(source.Source)}</td>");
                table.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{source.Announced:N0}</td><td class=\"n\">{source.Held:N0}</td><td class=\"n\">{source.New:N0}</td><td class=\"n\">{source.Revised:N0}</td><td class=\"n\">{source.Left:N0}</td><td class=\"n\">{source.Missing:N0}</td><td class=\"n\">{source.Gone:N0}</td><td>{Text(Says(source))}</td></tr>");
            }
        }

        return table.Append("</tbody></table></div>").ToString();
    }

    private static string Says(SourceNight source) => source.Complete
        ? $"{source.Announced:N0} matched, {source.Held:N0} held, {source.New:N0} new. Complete."
        : $"Not complete. {string.Join(" ", source.Why)} Nothing was lost; the next night asks again.";

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
