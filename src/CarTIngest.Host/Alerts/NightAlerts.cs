using System.Text.Encodings.Web;
using System.Text.Json;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// What cannot wait for a digest, written in the transaction that closes the night: a retraction or a concern on an included report, results of a trial that the review follows, such a trial stopped. And for the webhook
/// also what entered the queue as likely. Told by what happened and not by which night tells it, so that the same thing is told once.
/// </summary>
public sealed class NightAlerts(Recipients recipients, Letters letters, Protocol protocol, AlertsOptions options, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="report">Of the night that is being closed.</param>
    /// <returns>How many messages were written.</returns>
    public async Task<int> WriteAsync(StoreContext store, Run run, NightReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(report);
        var told = (await recipients.ReadAsync(store, cancellationToken)).Where(recipient => recipient.AtOnce && recipient.FollowsReview).ToList();
        if (told.Count == 0 && options.Webhook.Address is null)
        {
            return 0;
        }

        var news = await NewsAsync(store, run, report, cancellationToken);
        var published = news.Count == 0 ? null : await BaseShelf.InForceAsync(store, cancellationToken);
        List<OutboxDraft> drafts =
        [
            .. news.SelectMany(one => told.Select(recipient => letters.AlertTo(recipient, one, HeldBy(published, one), run.Id))),
            .. options.Webhook.Address is null ? [] : news.Select(one => ToWebhook($"{one.Kind}/{one.Cause}", $"study.{one.Kind}", run, new { Study = one.Seen.Study, Record = one.Seen.Id.Text, Held = HeldBy(published, one) })),
            .. options.Webhook.Address is null || report.Likely.Count == 0 ? Array.Empty<OutboxDraft>() : [ToWebhook($"entered/{report.Likely[0]}/{report.Likely.Count}/{run.Night:yyyy-MM-dd}", "studies.entered", run, new { Verdict = "likely", Records = report.Likely.Select(id => id.Text) })],
        ];
        return await OutboxBook.AddAsync(store, drafts, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>From the changes that this run weighs, whoever brought them (a night that was cut short, an import), and from its tasks.</summary>
    private async Task<IReadOnlyList<UrgentNews>> NewsAsync(StoreContext store, Run run, NightReport report, CancellationToken cancellationToken)
    {
        var weighed = await store.Runs.Where(row => row.Id != run.Id).MaxAsync(row => row.WeighedChange, cancellationToken) ?? 0;
        var changes = await store.Changes.AsNoTracking().Where(change => change.Id > weighed && change.Id <= run.WeighedChange).OrderBy(change => change.Id).ToListAsync(cancellationToken);
        var ids = changes.Select(change => Holdings.IdOf(change.RecordId)).Concat(report.Tasks.Select(task => task.By)).Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        var seen = await SeenRecords.OfAsync(store, state, ids, _ => Task.FromResult(SeenRelations.None), cancellationToken);
        return
        [
            .. changes.Select(change => seen.TryGetValue(Holdings.IdOf(change.RecordId), out var record) ? UrgentNews.Of(new FieldChange(record.Id, change.Field, change.From, change.To), change.Revision, record) : null)
                .Concat(report.Tasks.Select(task => seen.TryGetValue(task.By, out var record) ? UrgentNews.Of(task, record) : null))
                .OfType<UrgentNews>().DistinctBy(news => (news.Kind, news.Cause)),
        ];
    }

    private static IReadOnlyList<string> HeldBy(BaseReview? published, UrgentNews news) =>
        published is not null && (published.Records.Contains(news.Seen.Id) || news.Seen.Trials.Any(trial => published.Records.Contains(trial.Id)) || news.Seen.Study.StartsWith("base:", StringComparison.Ordinal))
            ? [$"version {published.Version} ({published.Doi})"]
            : [];

    private OutboxDraft ToWebhook<T>(string key, string type, Run run, T data) => new(
        $"{key}/{OutboxChannel.Webhook}", OutboxKind.Alert, OutboxChannel.Webhook, options.Webhook.Address!.Host, null, type, run.Id, type, JsonSerializer.Serialize(new { Type = type, Timestamp = clock.GetUtcNow(), Data = data }, Shape));
}
