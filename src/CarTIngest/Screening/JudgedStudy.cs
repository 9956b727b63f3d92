using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>A study as matching and judging hand it over: its records with what the machine says of each.</summary>
/// <param name="Id">The study's id; it may change while records are linked, so what entered is recognised by its records too.</param>
public sealed record JudgedStudy(string Id, IReadOnlyList<JudgedRecord> Records)
{
    /// <summary>That of the most likely record.</summary>
    public Verdict Verdict => Records.Max(record => record.Verdict);
}

/// <param name="Rulebook">By which it was judged: its content hash.</param>
/// <param name="FirstPublic">See <see cref="Screening.FirstPublic"/>.</param>
/// <param name="KnownBefore">Imported as known to the team: it opens nothing in the queue.</param>
public sealed record JudgedRecord(RecordId Id, Verdict Verdict, Criteria Criteria, string Rulebook, PartialDate? FirstPublic, bool KnownBefore);
