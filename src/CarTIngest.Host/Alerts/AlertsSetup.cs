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
            // By itself, so that its connections are closed with the service.
            .AddSingleton(services => new WebhookChannel(options.Webhook, services.GetRequiredService<TimeProvider>()))
            .AddSingleton<IReadOnlyList<IAlertChannel>>(Channels)
            .AddSingleton<Courier>()
            .AddSingleton<Recipients>()
            .AddSingleton<MailTemplates>()
            .AddSingleton<Letters>()
            .AddSingleton<DigestTiming>()
            .AddSingleton<DigestReading>()
            .AddSingleton<DigestDesk>()
            .AddSingleton<NightAlerts>();
    }

    private static IReadOnlyList<IAlertChannel> Channels(IServiceProvider services)
    {
        var (options, letter, unsubscribe) = (services.GetRequiredService<AlertsOptions>(), services.GetRequiredService<MailLetter>(), services.GetRequiredService<UnsubscribeIds>());
        return
        [
            options.Transport == AlertTransport.Smtp
                ? new SmtpChannel(options.Smtp, letter, unsubscribe)
                : new SpoolChannel(options.Spool, letter, services.GetRequiredService<MailFace>(), unsubscribe, services.GetRequiredService<AlertsPlace>().Machine),
            .. options.Webhook.Address is null ? Array.Empty<IAlertChannel>() : [services.GetRequiredService<WebhookChannel>()],
        ];
    }
}
