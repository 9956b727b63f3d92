namespace CarTIngest.Matching;

/// <summary>Words of a record, as they are stored.</summary>
/// <param name="Field">A path into the record's line as <c>parse</c> writes it: <c>abstract[1].text</c>.</param>
/// <param name="Offset">In UTF-16 code units of that value.</param>
/// <param name="Length">In UTF-16 code units.</param>
/// <param name="Text">That slice.</param>
public sealed record ReadWords(string Field, int Offset, int Length, string Text)
{
    public static ReadWords Slice(string field, string value, int offset, int length) => new(field, offset, length, value.Substring(offset, length));

    public static ReadWords Whole(string field, string value) => new(field, 0, value.Length, value);
}
