
namespace CarTIngest.Host.Alerts;

public static class AlertsSetup
{
    /// <summary>One way for mails, as the settings choose it, and the webhook where one is set. A new way: its class, and its line here.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertsOptions options, AlertsPlace place)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services
            .AddSingleton(options)
            .AddSingleton(place)
            .AddSingleton<MailFace>()
            .AddSingleton<MailLetter>()
            .AddSingleton<UnsubscribeIds>()
            .AddSingleton<IReadOnlyList<IAlertChannel>>(Channels)
            .AddSingleton<Courier>();
    }

    private static IReadOnlyList<IAlertChannel> Channels(IServiceProvider services)
    {
        var (options, letter, unsubscribe) = (services.GetRequiredService<AlertsOptions>(), services.GetRequiredService<MailLetter>(), services.GetRequiredService<UnsubscribeIds>());
        return
        [
            options.Transport == AlertTransport.Smtp
                ? new SmtpChannel(options.Smtp, letter, unsubscribe)
                : new SpoolChannel(options.Spool, letter, services.GetRequiredService<MailFace>(), unsubscribe),
            .. options.Webhook.Address is null ? Array.Empty<IAlertChannel>() : [new WebhookChannel(options.Webhook, services.GetRequiredService<TimeProvider>())],
        ];
    }
}
