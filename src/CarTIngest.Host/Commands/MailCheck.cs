using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Commands;

/// <summary>The doctor's look at mail: is anybody told? Whether the outbox drains is a condition of the watchdog.</summary>
internal static class MailCheck
{
    public static async Task<Check> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var open = await services.GetRequiredService<OutboxBook>().OpenAsync(cancellationToken);
        await using var store = services.GetRequiredService<StoreFactory>().Open();
        var told = await services.GetRequiredService<Recipients>().ReadAsync(store, cancellationToken);
        return told.Count == 0
            ? Check.Look("mail", "Nobody is told anything: there is no account, and Alerts:To names no address.", "Make the first account at /setup, or set Alerts:To=you@hospital.example.")
            : Check.Well("mail", $"{Counted.Of(told.Count, "is told", "are told")}, by {Way(services.GetRequiredService<AlertsOptions>())}; {Counted.Of(open.Count, "message is", "messages are")} not sent.");
    }

    private static string Way(AlertsOptions options) => options.Transport == AlertTransport.Smtp ? $"the mail server {options.Smtp.Host}" : $"the folder {options.Spool.Folder}";
}
