using CarTIngest.Records;

namespace CarTIngest.Eligibility;

/// <summary>What a rulebook says of one record, and why.</summary>
/// <param name="Targets">Antigens of the CAR as a set, in ordinal order; empty where the text does not say.</param>
/// <param name="Flags">What a reviewer wants to know and no criterion asks: <c>relapsed_refractory</c>, <c>preprint</c>, …; in ordinal order.</param>
/// <param name="Findings">All of them, in the order of the rulebook.</param>
/// <param name="Rulebook">The content hash of the rulebook: <c>sha256:…</c></param>
public sealed record Judgement(
    RecordId Id, Verdict Verdict, Criteria Criteria, IReadOnlyList<string> Targets, IReadOnlyList<string> Flags, IReadOnlyList<Finding> Findings, string Rulebook);
