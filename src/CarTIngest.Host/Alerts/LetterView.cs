using CarTIngest.Reporting.Digests;

namespace CarTIngest.Host.Alerts;

/// <summary>A digest as the templates ask for it.</summary>
internal sealed record LetterView(string Opening, IReadOnlyList<SectionView> Sections, IReadOnlyList<LineView> Footer)
{
    public static LetterView Of(Digest digest, IReadOnlyList<DigestLine> footer) => new(
        digest.Opening,
        [.. digest.Sections.Select(section => new SectionView(
            section.Title,
            section.Title.ToUpperInvariant(),
            [.. section.Items.Select(item => new ItemView(item.Number, item.Title, item.Facts, item.Lines.Count > 0, [.. item.Lines.Select(LineView.Of)], item.Link.AbsoluteUri))],
            section.Lines.Count > 0,
            [.. section.Lines.Select(LineView.Of)]))],
        [.. footer.Select(LineView.Of)]);
}

/// <param name="Heading">The title where there is no other way to make it stand out.</param>
internal sealed record SectionView(string Title, string Heading, IReadOnlyList<ItemView> Items, bool HasLines, IReadOnlyList<LineView> Lines);

internal sealed record ItemView(int Number, string Title, string Facts, bool HasLines, IReadOnlyList<LineView> Lines, string Link);

/// <param name="Said">Label and text in one.</param>
internal sealed record LineView(bool HasLabel, string Label, string Text, string Said, bool HasLink, string Link)
{
    public static LineView Of(DigestLine line) =>
        new(line.Label.Length > 0, line.Label, line.Text, line.Label.Length > 0 ? $"{line.Label}: {line.Text}" : line.Text, line.Link is not null, line.Link?.AbsoluteUri ?? "");
}
