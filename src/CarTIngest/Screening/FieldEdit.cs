namespace CarTIngest.Screening;

/// <summary>One field that a revision of a record changed, named as in the record's line; a list is one value, written as JSON.</summary>
public sealed record FieldEdit(string Field, string? From, string? To);
