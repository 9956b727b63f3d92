namespace CarTIngest.Host.Storage.Model;

/// <summary>Which way a message goes, as its row names it.</summary>
public static class OutboxChannel
{
    public const string Mail = "mail";

    public const string Webhook = "webhook";
}
