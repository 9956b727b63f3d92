using CarTIngest.Records;

namespace CarTIngest.Reporting;

/// <summary>What one night asked, found and could not find. The shape is the one that <c>run</c> and <c>rehearse</c> write.</summary>
/// <param name="Likely">Studies that entered the queue tonight as likely, each by the record that brought it.</param>
/// <param name="Possible">The same for possible.</param>
/// <param name="Tasks">What came tonight to studies already in the queue.</param>
/// <param name="Alerts">Messages written to the outbox.</param>
public sealed record NightReport(
    DateOnly Night,
    long Run,
    IReadOnlyList<SourceNight> Sources,
    IReadOnlyList<RecordId> Likely,
    IReadOnlyList<RecordId> Possible,
    IReadOnlyList<StudyTask> Tasks,
    IReadOnlyList<FieldChange> Changes,
    int Alerts)
{
    // Nights that were written before one of these was told lack it, and are read with nothing there.

    /// <summary>Likely and possible records of the studies that entered, beside those that brought them and what the team knew: each is told as those are.</summary>
    public IReadOnlyList<RecordId> Beside { get; init => field = value ?? []; } = [];

    /// <summary>Records of included studies that were lost tonight, and those found again: each is told when it begins and when it ends.</summary>
    public IReadOnlyList<WatchedLoss> Watch { get; init => field = value ?? []; } = [];

    /// <summary>Changes of strategy or rulebook in the review folder that two people have not adopted: the night went on by what was before.</summary>
    public IReadOnlyList<WaitingChange> Waiting { get; init => field = value ?? []; } = [];

    public bool Complete => Sources.Count > 0 && Sources.All(source => source.Complete);
}

/// <summary>
/// The sums of one source. Announced = held + quarantined + unavailable; held = new + revised + unchanged. A held record that no arm announced
/// is left (the source still gives it) or missing (it does not, in one state of its data so far), each night that it is; gone (it does not, in two states of
/// its data) on the night on which that is settled.
/// </summary>
/// <param name="Announced">Distinct ids over all proven arms.</param>
/// <param name="Complete">Every arm proven, no guard refused, and the sums add up. Only then the watermark moves.</param>
/// <param name="Why">What kept the night from being complete, one sentence each.</param>
/// <param name="Notes">What an operator should know and what did not keep the night from being complete.</param>
public sealed record SourceNight(
    string Source,
    int Announced,
    int Held,
    int New,
    int Revised,
    int Unchanged,
    int Left,
    int Missing,
    int Gone,
    int Quarantined,
    int Unavailable,
    NamedRecords Named,
    long Requests,
    long Bytes,
    bool Answered,
    bool Complete,
    IReadOnlyList<string> Why,
    IReadOnlyList<string> Notes)
{
    /// <summary>A source that did not answer: nothing is known, so nothing is counted.</summary>
    public static SourceNight Down(string source, string why, long requests, long bytes) =>
        new(source, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NamedRecords.None, requests, bytes, Answered: false, Complete: false, [why], []);
}

/// <summary>The records behind the sums that a person may want to look at.</summary>
/// <param name="New">On a complete night also what earlier nights brought and no arm announces any more: it is told once like all others, and stands outside the sums.</param>
/// <param name="Unread">Held in an older reading and counted so; tonight's could not be had or not be read.</param>
public sealed record NamedRecords(
    IReadOnlyList<RecordId> Missing,
    IReadOnlyList<RecordId> Unavailable,
    IReadOnlyList<RecordId> Quarantined,
    IReadOnlyList<RecordId> Left,
    IReadOnlyList<RecordId> Gone,
    IReadOnlyList<RecordId> New,
    IReadOnlyList<RecordId> Unread)
{
    public static NamedRecords None { get; } = new([], [], [], [], [], [], []);
}

/// <param name="Field">The field's name in the record's line.</param>
/// <param name="From">Absent where the field was.</param>
public sealed record FieldChange(RecordId Id, string Field, string? From, string? To);

/// <summary>A typed request for another look at a study.</summary>
public sealed record StudyTask(string Study, string Task, string Because, RecordId By);

/// <summary>A record of an included study that the searches or the rulebook lost.</summary>
/// <param name="Lost">strategy, source or verdict.</param>
/// <param name="Since">The night on which it was lost.</param>
/// <param name="Until">The night on which it was there again; absent while it lasts.</param>
public sealed record WatchedLoss(RecordId Id, string Study, string Lost, string Because, DateOnly Since, DateOnly? Until);

/// <param name="What">rulebook, or strategy of a source.</param>
/// <param name="InForce">The content hash of the one that goes on.</param>
/// <param name="Offered">That of the review folder's.</param>
public sealed record WaitingChange(string What, string InForce, string Offered, string Says);
