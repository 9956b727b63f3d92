using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>What came to a study that is in the queue or decided, and where it stood before.</summary>
/// <param name="HadReport">Whether a publication of it was held before this came.</param>
public sealed record StudyNews(string Study, StudyPosition Position, bool HadReport, IReadOnlyList<News> Came);

/// <summary>Where people stand with a study, as far as it decides what is worth another look.</summary>
public enum StudyPosition
{
    /// <summary>In the queue, or advanced and without a class yet.</summary>
    Open = 0,

    Included = 1,

    /// <summary>Ongoing, completed without results or awaiting classification: it belongs, and waits for results.</summary>
    WithoutResults = 2,

    /// <summary>Only what may change that is worth a look.</summary>
    Excluded = 3,
}

/// <param name="By">The record that brought it.</param>
public abstract record News(RecordId By);

/// <summary>A record of the study was revised.</summary>
/// <param name="Now">The record as it is.</param>
public sealed record RecordRevised(RecordId By, IReadOnlyList<FieldEdit> Edits, SourceRecord Now) : News(By);

/// <summary>A record that is of this study came, or was found to be of it.</summary>
/// <param name="Verdict">Of that record: a report that the machine calls unlikely asks for nothing.</param>
public sealed record ReportCame(RecordId By, Verdict Verdict, SourceRecord Now) : News(By);

/// <summary>A record is held for the first time that people have before them anyhow: it brought the study in, or the base review holds it. Whether it was retracted they are told all the same.</summary>
public sealed record FirstSeen(RecordId By, SourceRecord Now) : News(By);

/// <summary>The machine judges a record of the study otherwise than before.</summary>
public sealed record VerdictMoved(RecordId By, Verdict From, Verdict To) : News(By);
