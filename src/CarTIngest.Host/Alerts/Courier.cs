using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.Alerts;

/// <summary>Hands over what is due, message by message, until nothing is. Any number of couriers may be at work on one store; a message is one's alone.</summary>
public sealed partial class Courier(IReadOnlyList<IAlertChannel> channels, OutboxMoves moves, AlertsOptions options, TimeProvider clock, ILogger<Courier> log)
{
    /// <summary>After this a message that was never taken is given up: what it tells is old by then. While the way itself fails nothing is given up, for that is no word on any message, and an operator is told of it.</summary>
    public static readonly TimeSpan Hope = TimeSpan.FromDays(5);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3)];

    public async Task<Delivery> RunAsync(CancellationToken cancellationToken)
    {
        var done = new Delivery();
        var working = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);
        foreach (var broken in await moves.BrokenOffAsync(cancellationToken))
        {
            var end = working.TryGetValue(broken.Channel, out var channel) ? await channel.SettleAsync(broken, cancellationToken) : new HandOver(HandOverEnd.Ambiguous, OutboxMoves.Unanswered);
            await EndAsync(broken, end, done);
        }

        while (working.Count > 0 && await moves.ClaimAsync([.. working.Keys], cancellationToken) is { } message)
        {
            var end = await HandOverAsync(working[message.Channel], message, cancellationToken);
            await EndAsync(message, end, done);
            if (end.End == HandOverEnd.ChannelFails)
            {
                working.Remove(message.Channel);
            }
        }

        return done;
    }

    /// <summary>Asked to stop before the message was given, it waits again; after that the hand-over has its grace, and what became of it is known or settled.</summary>
    private async Task<HandOver> HandOverAsync(IAlertChannel channel, OutboxMessage message, CancellationToken cancellationToken)
    {
        using var term = new HandOverTerm(clock, cancellationToken);
        try
        {
            return await channel.HandOverAsync(message, stop => GiveAsync(channel, message, term, stop), term.Token);
        }
        catch (OperationCanceledException) when (term.IsStopped)
        {
            return term.IsGiven ? await channel.SettleAsync(message, CancellationToken.None) : new HandOver(HandOverEnd.Stopped, null);
        }
    }

    private Task<bool> GiveAsync(IAlertChannel channel, OutboxMessage message, HandOverTerm term, CancellationToken cancellationToken)
    {
        term.Give();
        return moves.GiveAsync(message, channel.TargetOf(message), cancellationToken);
    }

    /// <summary>Writes down what became of a message. Nothing stops that: what is not written down is not known, and may be sent twice.</summary>
    private async Task EndAsync(OutboxMessage message, HandOver end, Delivery done)
    {
        var said = end.Said ?? "";
        var again = clock.GetUtcNow() + (end.NotBefore ?? Pauses[Math.Clamp(message.Attempts, 1, Pauses.Length) - 1]);
        switch (end.End)
        {
            case HandOverEnd.Sent:
                await moves.SentAsync(message, said, CancellationToken.None);
                done.Sent++;
                break;
            // Once: what was twice given without an answer is for a person.
            case HandOverEnd.Ambiguous when options.WhenAmbiguous == AmbiguousPolicy.Resend && !message.WasUnanswered:
                IsAmbiguous(message.Id, said, "It is sent once more, by the same Message-ID.");
                await moves.OnceMoreAsync(message, again, said, CancellationToken.None);
                done.Ambiguous++;
                break;
            case HandOverEnd.Ambiguous:
                IsAmbiguous(message.Id, said, "It waits for a person: `cartingest outbox`.");
                await moves.AmbiguousAsync(message, said, CancellationToken.None);
                done.Ambiguous++;
                break;
            case HandOverEnd.Refused:
            case HandOverEnd.Again when clock.GetUtcNow() - message.CreatedAt > Hope:
                var why = end.End == HandOverEnd.Again ? $"Given up after five days: {said}" : said;
                IsRefused(message.Id, why);
                await moves.RefusedAsync(message, why, CancellationToken.None);
                done.Refused++;
                break;
            case HandOverEnd.Again:
                await moves.AgainAsync(message, again, said, CancellationToken.None);
                done.Waiting++;
                break;
            case HandOverEnd.ChannelFails:
                Fails(message.Channel, said);
                await moves.AgainAsync(message, again, said, CancellationToken.None);
                await moves.PostponeAsync(message.Channel, again, said, CancellationToken.None);
                done.Waiting++;
                done.Faults.Add(said);
                break;
            case HandOverEnd.Stopped:
                await moves.AgainAsync(message, clock.GetUtcNow(), message.Said, CancellationToken.None);
                done.Waiting++;
                break;
            case HandOverEnd.NotOurs:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(end), end.End, "No such end is known.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} may have been received: {Says} {Then}")]
    private partial void IsAmbiguous(long message, string says, string then);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} was refused for good: {Says}")]
    private partial void IsRefused(long message, string says);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages by {Channel} wait; none is lost. {Says}")]
    private partial void Fails(string channel, string says);
}

/// <summary>What a courier did.</summary>
public sealed class Delivery
{
    public int Sent { get; set; }

    /// <summary>To be tried again later.</summary>
    public int Waiting { get; set; }

    public int Ambiguous { get; set; }

    public int Refused { get; set; }

    /// <summary>Of ways out that fail as a whole, in words.</summary>
    public List<string> Faults { get; } = [];
}
