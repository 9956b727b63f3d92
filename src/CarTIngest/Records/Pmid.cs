using System.Globalization;

namespace CarTIngest.Records;

/// <summary>A PubMed identifier: a positive whole number of at most ten digits. It names a citation, not one of its versions.</summary>
public readonly record struct Pmid : IComparable<Pmid>
{
    private Pmid(long value) => Value = value;

    public long Value { get; }

    /// <summary>Takes plain digits (surrounding white space is allowed); false for anything else, zero included. Never throws.</summary>
    public static bool TryParse(string? text, out Pmid pmid)
    {
        pmid = default;
        var digits = text.AsSpan().Trim();
        if (digits.Length is 0 or > 10 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            return false;
        }

        pmid = new Pmid(value);
        return true;
    }

    public int CompareTo(Pmid other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
