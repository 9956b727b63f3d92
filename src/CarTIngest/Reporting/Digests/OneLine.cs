namespace CarTIngest.Reporting.Digests;

/// <summary>A text of a source as part of one line: titles may hold line breaks of any kind, and a subject must not.</summary>
public static class OneLine
{
    /// <summary>Every run of white space, control signs and separators of lines is one space; ends trimmed.</summary>
    public static string Of(string? text) =>
        string.Join(' ', string.Concat((text ?? "").Select(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) ? ' ' : sign)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>No longer than a number of signs; what is cut off shows.</summary>
    public static string Of(string? text, int most)
    {
        var whole = Of(text);
        if (whole.Length <= most)
        {
            return whole;
        }

        // Not through a sign of two code units.
        var end = char.IsHighSurrogate(whole[most - 2]) ? most - 2 : most - 1;
        return $"{whole[..end].TrimEnd()}…";
    }
}
