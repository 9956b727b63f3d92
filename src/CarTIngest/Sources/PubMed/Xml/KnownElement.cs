using System.Collections.Frozen;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>An element whose children a reader walks, and the children that PubMed is known to write there.</summary>
/// <param name="Path">From the record's own element, for the drift tally.</param>
internal sealed record KnownElement(string Path, FrozenSet<string> Children)
{
    /// <param name="children">Names, separated by white space.</param>
    public static KnownElement Of(string path, string children) =>
        new(path, children.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));
}
