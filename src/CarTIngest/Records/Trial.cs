namespace CarTIngest.Records;

/// <summary>
/// A registration of ClinicalTrials.gov, API v2. Text is kept as the API gives it: CommonMark, line breaks, trailing spaces. Enumerated values
/// are text, so that a value nobody knew yet is kept. Blind spot: posted result tables stay in the raw bytes; here only whether there are any.
/// </summary>
public sealed record Trial : SourceRecord
{
    public override string Kind => "trial";

    public override RecordId Id => Records.NctId.TryParse(NctId, out var id) ? RecordId.Of(id) : default;

    public required string NctId { get; init; }

    /// <summary>Obsolete or duplicate numbers of this registration.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? BriefTitle { get; init; }

    public string? OfficialTitle { get; init; }

    public string? Acronym { get; init; }

    public string? Status { get; init; }

    public string? WhyStopped { get; init; }

    public string? StudyType { get; init; }

    /// <summary>A phase 1/2 trial has two elements; <c>NA</c> is a phase, an empty list is none given.</summary>
    public IReadOnlyList<string> Phases { get; init; } = [];

    public IReadOnlyList<string> Conditions { get; init; } = [];

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    public string? Summary { get; init; }

    public string? Description { get; init; }

    public string? Eligibility { get; init; }

    public string? Sponsor { get; init; }

    public IReadOnlyList<string> Collaborators { get; init; } = [];

    public Enrollment? Enrollment { get; init; }

    public PartialDate? Start { get; init; }

    public PartialDate? PrimaryCompletion { get; init; }

    public PartialDate? Completion { get; init; }

    public PartialDate? FirstPosted { get; init; }

    public PartialDate? LastUpdatePosted { get; init; }

    public bool HasResults { get; init; }

    public IReadOnlyList<PrimaryOutcome> PrimaryOutcomes { get; init; } = [];

    /// <summary>Distinct, in order of first sight.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public IReadOnlyList<SecondaryId> SecondaryIds { get; init; } = [];

    public IReadOnlyList<TrialReference> References { get; init; } = [];
}

/// <param name="Type">As the registry writes it: BIOLOGICAL, DRUG, …</param>
public sealed record Intervention(string? Type, string? Name, IReadOnlyList<string> OtherNames, string? Description);

/// <param name="Count">Participants; planned where the type is ESTIMATED.</param>
public sealed record Enrollment(long? Count, string? Type);

/// <param name="TimeFrame">When it is measured, in the sponsor's words.</param>
public sealed record PrimaryOutcome(string? Measure, string? TimeFrame);

/// <param name="Type">Who gave the id: EUDRACT_NUMBER, NIH, …; missing where the registry does not say.</param>
public sealed record SecondaryId(string? Type, string Id);

/// <param name="Pmid">Missing for citations typed by hand.</param>
/// <param name="Type">BACKGROUND, RESULT or DERIVED.</param>
public sealed record TrialReference(long? Pmid, string? Type, string? Citation);
