using CarTIngest.Eligibility;
using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Reporting.Exports;

/// <summary>A record as it is held.</summary>
/// <param name="FirstSeen">The night that brought it.</param>
/// <param name="Baseline">Whether it was imported as known to the team already.</param>
/// <param name="LastSeen">The last complete night whose arms announced it.</param>
public sealed record ExportedRecord(SourceRecord Record, DateOnly FirstSeen, DateOnly LastSeen, bool Baseline);

/// <summary>A study that a record is of.</summary>
/// <param name="Progress">Null: it never entered the queue.</param>
public sealed record ExportedStudy(string Study, StudyProgress? Progress);

/// <summary>What the review makes of a record.</summary>
/// <param name="Verdict">Null where the record was not judged, or where whoever reads this is to screen without it.</param>
/// <param name="Studies">In the order of their ids; several for a publication that pools them.</param>
/// <param name="Facts">Of this record.</param>
/// <param name="OfStudy">Of all records of its study; none where it is of several.</param>
public sealed record RecordInReview(Verdict? Verdict, IReadOnlyList<ExportedStudy> Studies, IReadOnlyList<Fact> Facts, IReadOnlyList<StudyFact> OfStudy);

/// <summary>A record on its way out.</summary>
/// <param name="Review">Null where the format does not ask for it.</param>
public sealed record ExportRow(ExportedRecord Held, RecordInReview? Review);
