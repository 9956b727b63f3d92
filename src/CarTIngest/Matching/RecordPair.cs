using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Two different records, the lower id first, so that a pair is one however it was met.</summary>
public readonly record struct RecordPair : IComparable<RecordPair>
{
    private RecordPair(RecordId first, RecordId second) => (First, Second) = (first, second);

    public RecordId First { get; }

    public RecordId Second { get; }

    /// <exception cref="ArgumentException">Both are one record.</exception>
    public static RecordPair Of(RecordId a, RecordId b) => a.CompareTo(b) switch
    {
        0 => throw new ArgumentException($"{a} is no pair with itself.", nameof(b)),
        < 0 => new(a, b),
        _ => new(b, a),
    };

    public int CompareTo(RecordPair other) => First.CompareTo(other.First) is not 0 and var order ? order : Second.CompareTo(other.Second);

    public override string ToString() => $"{First} – {Second}";
}
