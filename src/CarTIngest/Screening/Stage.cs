using System.Text.Json.Serialization;
using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>Where people decide.</summary>
[JsonConverter(typeof(LowerCaseNames<Stage>))]
public enum Stage
{
    /// <summary>Title and abstract, or the registration: a record by itself.</summary>
    Title = 0,

    /// <summary>Full text: a study with its reports. Registrations alone have no such stage.</summary>
    Full = 1,
}

/// <summary>How many people a decision takes.</summary>
[JsonConverter(typeof(LowerCaseNames<ScreeningPolicy>))]
public enum ScreeningPolicy
{
    /// <summary>Two agree.</summary>
    Dual = 0,

    /// <summary>One include advances; two excludes exclude.</summary>
    OneIncludeAdvancesTwoExclude = 1,

    /// <summary>One decides; a share drawn by the seed takes two who agree.</summary>
    SingleWithAudit = 2,
}

/// <summary>What a person votes.</summary>
[JsonConverter(typeof(LowerCaseNames<Choice>))]
public enum Choice
{
    Include = 0,
    Exclude = 1,

    /// <summary>Cannot tell.</summary>
    Maybe = 2,
}

/// <summary>What people decided on a study. Never what a machine says: that is a verdict.</summary>
[JsonConverter(typeof(LowerCaseNames<StudyClass>))]
public enum StudyClass
{
    Included = 0,

    /// <summary>Belongs, and has no results yet.</summary>
    Ongoing = 1,

    CompletedWithoutResults = 2,

    /// <summary>An abstract only, or unclear.</summary>
    AwaitingClassification = 3,

    /// <summary>With a reason of the protocol.</summary>
    Excluded = 4,
}

/// <summary>Where the search for a full text stands.</summary>
[JsonConverter(typeof(LowerCaseNames<FullTextState>))]
public enum FullTextState
{
    Sought = 0,

    /// <summary>With a link to it.</summary>
    Obtained = 1,

    /// <summary>Asked for, of a library or the authors.</summary>
    Requested = 2,

    NotRetrieved = 3,
}
