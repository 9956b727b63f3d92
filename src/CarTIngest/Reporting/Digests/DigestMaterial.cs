using CarTIngest.Eligibility;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Reporting.Digests;

/// <summary>All that a digest may tell of, the same for every reader.</summary>
/// <param name="Nights">The reports of the runs that it tells of, the oldest first.</param>
/// <param name="Seen">Every record that one of them names and that concerns a study which people have before them.</param>
/// <param name="SetAside">New records that were set aside as unlikely; null where nothing is set aside.</param>
public sealed record DigestMaterial(IReadOnlyList<NightReport> Nights, IReadOnlyDictionary<RecordId, RecordSeen> Seen, int? SetAside)
{
    /// <summary>What is not new though these nights name it: an earlier digest told it so, or its verdict moved and was not unlikely before either.</summary>
    public IReadOnlySet<RecordId> ToldBefore { get; init; } = new HashSet<RecordId>();
}

/// <summary>A record as a digest shows it.</summary>
/// <param name="Study">The study's id, as people decide on it.</param>
/// <param name="Class">Null before people gave one.</param>
/// <param name="Kind">Of a publication; null of a registration.</param>
/// <param name="Judged">Null where no night judged it yet.</param>
/// <param name="Trials">The registrations of its study, itself included.</param>
/// <param name="Links">Why it belongs to its study, one sentence each, with the words that were read.</param>
/// <param name="Cautions">Where its patients may be counted elsewhere too, one sentence each.</param>
public sealed record RecordSeen(
    SourceRecord Record, string Study, StudyClass? Class, ReportKind? Kind, Judgement? Judged, IReadOnlyList<Trial> Trials, IReadOnlyList<string> Links, IReadOnlyList<string> Cautions)
{
    public RecordId Id => Record.Id;
}

/// <summary>For whom a digest is composed.</summary>
/// <param name="Screens">Whether studies wait for this person's votes.</param>
/// <param name="KeepsSearches">Whether losses of the searches and changes that wait to be adopted are this person's to know: a lead's, a librarian's.</param>
public sealed record DigestReader(bool Screens, bool KeepsSearches, WaitingForReader Waits)
{
    /// <summary>Whether this person has the program at hand: an operator. Others are not told its commands.</summary>
    public bool HasCommands { get; init; }
}

/// <summary>What waits for one person. Never how anybody voted.</summary>
/// <param name="Titles">To be screened by title.</param>
/// <param name="FullTexts">To be read in full.</param>
/// <param name="Unsettled">Where votes differ or cannot tell: a third person's.</param>
/// <param name="Tasks">Studies that ask for another look.</param>
public sealed record WaitingForReader(int Titles, int FullTexts, int Unsettled, int Tasks)
{
    public static WaitingForReader Nothing { get; } = new(0, 0, 0, 0);
}
