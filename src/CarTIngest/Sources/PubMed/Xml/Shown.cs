namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Foreign words made fit for a sentence: short, on one line, without control characters.</summary>
internal static class Shown
{
    private const int NameLength = 64;
    private const int TextLength = 300;

    public static string Name(string name) => Shorten(name, NameLength);

    public static string Text(string text) => Shorten(text, TextLength);

    private static string Shorten(string text, int length)
    {
        var plain = new PlainText();
        // Never between the halves of one character.
        var end = text.Length > length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        plain.Append(text.Length > length ? string.Concat(text.AsSpan(0, end), "…") : text);
        return string.Concat(plain.Take().Select(character => char.IsControl(character) ? '\uFFFD' : character));
    }
}
