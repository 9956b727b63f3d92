namespace CarTIngest.Host.Storage.Model;

/// <summary>A message to one recipient, written in the transaction of what it tells and handed over later, at least once and by the same name.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>What is told to whom; unique, so that the same thing written twice is one message.</summary>
    public required string Key { get; init; }

    /// <summary>One of <see cref="OutboxKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="OutboxChannel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>An address, or the name of a webhook.</summary>
    public required string Recipient { get; init; }

    /// <summary>Null where there is none: an address of the settings, or a webhook.</summary>
    public long? AccountId { get; init; }

    /// <summary>What belongs together in one thread: a study, a digest, a condition.</summary>
    public required string Topic { get; init; }

    /// <summary>The run that it tells of.</summary>
    public long? RunId { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text, or the webhook's JSON.</summary>
    public required string Text { get; init; }

    public string? Html { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required OutboxState State { get; set; }

    /// <summary>Hand-overs begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before this.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Who hands it over now.</summary>
    public string? Holder { get; set; }

    /// <summary>After this a hand-over that was begun counts as broken off.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Where the hand-over that was begun last gave the message, noted before its first byte left; null: nothing of it has left.</summary>
    public string? GivenTo { get; set; }

    /// <summary>Whether a hand-over of it was ever given and not answered: it may have been received, whatever became of it since.</summary>
    public bool WasUnanswered { get; set; }

    /// <summary>What the other side said last, or what happened, in words for people: nothing is decided by them.</summary>
    public string? Said { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

public enum OutboxState
{
    /// <summary>Waits for its time.</summary>
    Pending,

    /// <summary>Being handed over; may become <see cref="Ambiguous"/> if who does it dies.</summary>
    Sending,

    Sent,

    /// <summary>It may have been received: its hand-over broke off after it was given and before the answer, the spool could not be flushed, or it waited when a backup was taken that was restored since.</summary>
    Ambiguous,

    /// <summary>Refused for good; a person must look.</summary>
    Refused,

    /// <summary>Not to be sent any more: its recipient ended this mail, or a person withdrew it.</summary>
    Withdrawn,
}

/// <summary>How far a recipient has been told by digests.</summary>
public sealed class DigestMark
{
    /// <summary>An address.</summary>
    public required string Recipient { get; init; }

    /// <summary>The last run that was told, or looked at and found to hold nothing to tell.</summary>
    public required long RunId { get; set; }

    /// <summary>When the recipient became known: a silence counts from here, or from the last message in the outbox.</summary>
    public required DateTimeOffset KnownSince { get; init; }
}
