using System.Text.Json.Serialization;
using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>For what another look at a study is asked.</summary>
[JsonConverter(typeof(LowerCaseNames<TaskKind>))]
public enum TaskKind
{
    /// <summary>What eligibility rests on was touched.</summary>
    ScreenAgain = 0,

    /// <summary>There is more to extract.</summary>
    UpdateData = 1,

    /// <summary>A study without results has some: the moment it becomes includable.</summary>
    ResultsAvailable = 2,

    /// <summary>A retraction, a concern or an erratum.</summary>
    Integrity = 3,
}

/// <summary>What made a task.</summary>
[JsonConverter(typeof(LowerCaseNames<TaskCause>))]
public enum TaskCause
{
    /// <summary>The trial began or ceased to be under way: ongoing, completed, stopped or unknown.</summary>
    Status = 0,

    WhyStopped = 1,

    /// <summary>The number of participants as counted, not as planned.</summary>
    Enrollment = 2,

    Phase = 3,
    PrimaryOutcome = 4,
    ResultsPosted = 5,
    NewReport = 6,
    Retraction = 7,
    Concern = 8,
    Erratum = 9,

    /// <summary>The verdict, or the words that it is read from.</summary>
    Verdict = 10,
}

/// <summary>A typed request for another look at a study that is in the queue or decided. It never touches a decision.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="By">The record that it came by.</param>
/// <param name="Fields">The fields that changed; none where a record came or a verdict changed.</param>
public sealed record StudyTask(string Study, TaskKind Task, TaskCause Because, RecordId By, IReadOnlyList<string> Fields);
