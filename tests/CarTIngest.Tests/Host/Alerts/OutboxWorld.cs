using System.Security.Cryptography.X509Certificates;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>A real store with an outbox, a clock that a test moves, and couriers over whatever way out.</summary>
internal sealed class OutboxWorld : IDisposable
{
    private readonly TestStore store = new();

    public OutboxWorld(AlertsOptions? options = null, Uri? pages = null)
    {
        Options = options ?? new AlertsOptions();
        Face = new MailFace(Options, new AlertsPlace(pages, TimeZoneInfo.Utc));
        Letter = new MailLetter(Face);
    }

    public AlertsOptions Options { get; }

    public MailFace Face { get; }

    public MailLetter Letter { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));

    public StoreFactory Stores => store.Stores;

    public UnsubscribeIds Unsubscribe => new(store.Stores);

    public SmtpChannel SmtpTo(ScriptedSmtp server, SmtpSecurity security = SmtpSecurity.None, string password = "", X509Certificate2? trusted = null) => new(
        new SmtpOptions { Host = "127.0.0.1", Port = server.Port, Security = security, User = password.Length > 0 ? "cartingest" : "", Password = password, From = "review@hospital.example", TimeoutSeconds = 20 },
        Letter,
        Unsubscribe,
        trusted is null ? null : (_, shown, _, _) => shown?.GetCertHashString() == trusted.GetCertHashString());

    public Courier Courier(params IAlertChannel[] channels) => CourierAs("one", null, channels);

    public Courier CourierAs(string name, string? dead, params IAlertChannel[] channels) =>
        new(channels, new OutboxMoves(store.Stores, Clock, new LeaseHolder(name, holder => holder == dead)), Options, Clock, NullLogger<Courier>.Instance);

    public async Task AddAsync(params string[] keys)
    {
        await store.Stores.MigrateAsync(CancellationToken.None);
        await using var open = store.Stores.Open();
        await OutboxBook.AddAsync(open, [.. keys.Select(key => Draft(key))], Clock.GetUtcNow(), CancellationToken.None);
    }

    public async Task AddAsync(OutboxDraft draft)
    {
        await store.Stores.MigrateAsync(CancellationToken.None);
        await using var open = store.Stores.Open();
        await OutboxBook.AddAsync(open, [draft], Clock.GetUtcNow(), CancellationToken.None);
    }

    public static OutboxDraft Draft(string key, string channel = "mail") =>
        new(key, "digest", channel, channel == "mail" ? $"{key}@review.example" : "webhook", null, "digest", 1, $"Subject {key}", $"Text of {key}.", $"<p>Text of {key}.</p>");

    public async Task<IReadOnlyList<OutboxMessage>> RowsAsync()
    {
        await using var open = store.Stores.Open();
        return await open.Outbox.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async Task<OutboxMessage> RowAsync() => Assert.Single(await RowsAsync());

    public void Dispose() => store.Dispose();
}
