using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.Alerts;

/// <summary>A way out for messages of the outbox.</summary>
public interface IAlertChannel
{
    /// <summary>One of <see cref="OutboxChannel"/>: which messages go this way.</summary>
    string Name { get; }

    /// <summary>Where a message goes, so that it can be told from every other place: noted before it is given, and looked at again when that broke off.</summary>
    string TargetOf(OutboxMessage message);

    /// <summary>Hands one message over, once. A failure of the other side is a value; only what nobody foresees is thrown.</summary>
    /// <param name="give">To be asked just before the message's bytes leave for good; false: they must not, for another holds it by now.</param>
    /// <param name="cancellationToken">Asked to stop, a hand-over has a short time from <paramref name="give"/> on, and none before.</param>
    Task<HandOver> HandOverAsync(OutboxMessage message, Func<CancellationToken, Task<bool>> give, CancellationToken cancellationToken);

    /// <summary>What became of a hand-over that broke off after it was given.</summary>
    /// <returns><see cref="HandOverEnd.Ambiguous"/> when this way cannot tell.</returns>
    Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken);
}

/// <param name="Said">What the other side said, or what happened, in words.</param>
public sealed record HandOver(HandOverEnd End, string? Said)
{
    /// <summary>Before this it is of no use to try again; null: as the number of attempts has it.</summary>
    public TimeSpan? NotBefore { get; init; }
}

public enum HandOverEnd
{
    Sent,

    /// <summary>Not now; later perhaps.</summary>
    Again,

    /// <summary>This message is refused for good.</summary>
    Refused,

    /// <summary>It may have been received.</summary>
    Ambiguous,

    /// <summary>The way itself fails: it is down, or the settings are wrong. No other message need be tried.</summary>
    ChannelFails,

    /// <summary>The service was asked to stop before any of it was given: it waits as it did.</summary>
    Stopped,

    /// <summary>Another holds the message by now; nothing was given.</summary>
    NotOurs,
}
