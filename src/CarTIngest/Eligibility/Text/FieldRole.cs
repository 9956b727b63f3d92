namespace CarTIngest.Eligibility.Text;

/// <summary>What a passage of a record is there to tell.</summary>
internal enum FieldRole
{
    Title,
    Condition,
    Keyword,
    Intervention,
    InterventionDescription,
    Summary,
    Description,
    Inclusion,
    Exclusion,
    Outcome,

    /// <summary>Of an abstract: what was known before, and what the work is for.</summary>
    Background,

    /// <summary>Of an abstract: what was done and found.</summary>
    Body,

    /// <summary>Of an abstract: what the authors make of it.</summary>
    Conclusion,

    /// <summary>Index terms that others gave.</summary>
    Index,

    /// <summary>Publication types, data bank numbers, reasons for stopping: read by name, not for words.</summary>
    Other,
}
