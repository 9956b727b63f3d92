namespace CarTIngest.Reporting.Digests;

/// <summary>A message as its templates show it: headings, numbered studies, plain sentences. All text is plain and each piece one line.</summary>
/// <param name="Subject">What and how many.</param>
/// <param name="Opening">The first sentence.</param>
public sealed record Digest(string Subject, string Opening, IReadOnlyList<DigestSection> Sections);

/// <summary>A heading with what stands under it; numbered studies first, then plain sentences.</summary>
public sealed record DigestSection(string Title, IReadOnlyList<DigestItem> Items, IReadOnlyList<DigestLine> Lines)
{
    public bool IsEmpty => Items.Count == 0 && Lines.Count == 0;
}

/// <summary>One study, registration or report.</summary>
/// <param name="Facts">Number, phase, status, targets: what tells a study from others.</param>
/// <param name="Link">The one address where there is more.</param>
public sealed record DigestItem(int Number, string Title, string Facts, IReadOnlyList<DigestLine> Lines, Uri Link);

/// <summary>One sentence.</summary>
/// <param name="Label">Such as Why flagged; empty where the sentence stands alone.</param>
/// <param name="Link">Null: none.</param>
public sealed record DigestLine(string Label, string Text, Uri? Link = null)
{
    public static DigestLine Of(string text) => new("", text);
}
