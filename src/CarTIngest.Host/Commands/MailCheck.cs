using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary>The doctor's look at mail: is anybody told, and does the outbox drain?</summary>
internal static class MailCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    public static async Task<Check> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var open = await services.GetRequiredService<OutboxBook>().OpenAsync(cancellationToken);
        var stuck = open.Where(row => row.State is Storage.Model.OutboxState.Ambiguous or Storage.Model.OutboxState.Refused || now - row.CreatedAt > Patience).ToList();
        if (stuck.Count > 0)
        {
            return Check.Look("mail", $"{stuck.Count:N0} messages are not sent. {stuck[0].Recipient}: {stuck[0].Said ?? "nobody tried yet."}", "No message is lost. Mend what is said, then `cartingest outbox` lists them; `outbox resend ID` sends one again, `outbox withdraw ID` ends it.");
        }

        await using var store = services.GetRequiredService<StoreFactory>().Open();
        var told = await services.GetRequiredService<Recipients>().ReadAsync(store, cancellationToken);
        return Check.Well(
            "mail",
            told.Count == 0
                ? "Nobody is told anything: there is no account, and Alerts:To names no address. Set Alerts:To=you@hospital.example, or make an account."
                : $"{told.Count:N0} are told, by {Way(services.GetRequiredService<AlertsOptions>())}; {open.Count:N0} messages wait.");
    }

    private static string Way(AlertsOptions options) => options.Transport == AlertTransport.Smtp ? $"the mail server {options.Smtp.Host}" : $"the folder {options.Spool.Folder}";
}
