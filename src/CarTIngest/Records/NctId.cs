namespace CarTIngest.Records;

/// <summary>A ClinicalTrials.gov identifier: NCT and eight digits, not all zero (OpenAPI 2.0.5, <c>filter.ids</c>).</summary>
public readonly record struct NctId : IComparable<NctId>
{
    private const int Digits = 8;

    private NctId(string value) => Value = value;

    public string Value { get => field ?? ""; }

    /// <summary>Takes NCT in any case and eight digits (surrounding white space is allowed); false for anything else. Never throws.</summary>
    public static bool TryParse(string? text, out NctId id)
    {
        id = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != 3 + Digits || !trimmed.StartsWith("NCT", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var digits = trimmed[3..];
        if (digits.ContainsAnyExceptInRange('0', '9') || !digits.ContainsAnyExcept('0'))
        {
            return false;
        }

        id = new NctId(string.Concat("NCT", digits));
        return true;
    }

    public int CompareTo(NctId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
