using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>A study's way into the queue, once for ever. People do not see how it came: an audit sample looks like all others.</summary>
/// <param name="Study">The study's id at that time.</param>
/// <param name="By">The record that brought it.</param>
/// <param name="Verdict">Of that record.</param>
public sealed record QueueEntry(string Study, RecordId By, Verdict Verdict, QueueWay Way);

/// <summary>Why a study entered.</summary>
public enum QueueWay
{
    /// <summary>It is likely or possible.</summary>
    Verdict = 0,

    /// <summary>It is unlikely, and unlikely is not set aside.</summary>
    NothingSetAside = 1,

    /// <summary>The lead chose it from what was public before the base review's search.</summary>
    CatchUp = 2,

    /// <summary>Drawn this month from the rejected.</summary>
    AuditDrawn = 3,

    /// <summary>Rejected with CAR-T met and AML silent: people look at all of them.</summary>
    AuditSilent = 4,

    /// <summary>Held outside since before the base review's search, and now its results were posted: it may be included from now on.</summary>
    ResultsPosted = 5,
}
