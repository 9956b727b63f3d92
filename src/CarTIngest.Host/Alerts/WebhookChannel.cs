using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// Messages as signed JSON to one address (Standard Webhooks 1.0.0). The id is the same over all tries, by which the receiver tells a repetition; so an unanswered one is simply sent again.
/// </summary>
public sealed class WebhookChannel(WebhookOptions options, TimeProvider clock) : IAlertChannel, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(3);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };

    public string Name => OutboxChannel.Webhook;

    public string TargetOf(OutboxMessage message) => options.ToString();

    public Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken) => Task.FromResult(new HandOver(HandOverEnd.Again, null) { NotBefore = TimeSpan.Zero });

    public async Task<HandOver> HandOverAsync(OutboxMessage message, Func<CancellationToken, Task<bool>> give, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(give);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = new StringContent(message.Text, Encoding.UTF8, "application/json") };
        Sign(request, message);
        if (!await give(cancellationToken))
        {
            return new HandOver(HandOverEnd.NotOurs, null);
        }

        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var said = string.Create(CultureInfo.InvariantCulture, $"The webhook answered {(int)answer.StatusCode}.");
            return answer.IsSuccessStatusCode ? new HandOver(HandOverEnd.Sent, said)
                : answer.StatusCode == HttpStatusCode.Gone ? new HandOver(HandOverEnd.Refused, $"{said} It is gone for good: take Alerts:Webhook:Url out of the settings.")
                : new HandOver(HandOverEnd.Again, said) { NotBefore = Wished(answer.Headers.RetryAfter) };
        }
        catch (Exception down) when (down is HttpRequestException || (down is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HandOver(HandOverEnd.ChannelFails, $"The webhook did not answer: {Reporting.Digests.OneLine.Of(down.Message)}");
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>What the receiver asks for, in seconds or as a date, up to <see cref="LongestWish"/>; null where it asks for nothing that is still to come: the courier's own pauses hold then.</summary>
    private TimeSpan? Wished(RetryConditionHeaderValue? after) =>
        (after?.Delta ?? after?.Date - clock.GetUtcNow()) is { } wish && wish > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(wish.Ticks, LongestWish.Ticks)) : null;

    private void Sign(HttpRequestMessage request, OutboxMessage message)
    {
        var id = $"msg_{MailFace.Hash($"{message.Key}\n{message.CreatedAt.ToUnixTimeMilliseconds()}")}";
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(options.Key() ?? [], Encoding.UTF8.GetBytes($"{id}.{at}.{message.Text}"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
    }
}
