using System.Buffers;
using System.Xml;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// A forward walk over one record's elements, child by child, so that every path is absolute: a cited paper's identifiers, a comment's PMID are never met
/// where the record's own are looked for.
/// </summary>
/// <remarks>The walk stands on an element's start tag; children and text that nobody asks for are passed over.</remarks>
internal sealed class RecordXml(XmlReader reader, DriftTally drift, LongTexts longTexts)
{
    /// <summary>Levels of elements that a record may have (a real one has about fifteen).</summary>
    public const int MaxDepth = 256;

    /// <summary>Elements that a record may have (one with fifteen thousand collaborators has a hundred thousand): each costs many times its bytes.</summary>
    public const int MostElements = 200_000;

    private const int Chunk = 4096;

    private readonly PlainText text = new();
    private int elements;

    /// <summary>Goes to the record's own element.</summary>
    /// <exception cref="XmlException">There is none.</exception>
    public void ToRecord()
    {
        while (reader.NodeType != XmlNodeType.Element && Read())
        {
        }
    }

    /// <summary>Goes to the end of the record, so that all of it has proved to be well formed.</summary>
    /// <exception cref="XmlException">It is not.</exception>
    public void ToEnd()
    {
        while (Read())
        {
        }
    }

    /// <summary>The names of the children of the element that the walk stands on, the walk standing on each in turn. Ask for one only after the last is done with.</summary>
    /// <exception cref="XmlException">The record is not well formed, or nested too deep.</exception>
    public IEnumerable<string> Children(KnownElement element)
    {
        if (reader.IsEmptyElement)
        {
            yield break;
        }

        var depth = reader.Depth;
        while (Read() && (reader.NodeType != XmlNodeType.EndElement || reader.Depth != depth))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                if (!element.Children.Contains(reader.LocalName))
                {
                    drift.Met($"{element.Path}/{Shown.Name(reader.LocalName)}");
                }

                yield return reader.LocalName;
            }
        }
    }

    /// <summary>All characters below the element, markup left out, as plain text; empty where there are none.</summary>
    /// <exception cref="XmlException">The record is not well formed, or nested too deep.</exception>
    public string Text()
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var place = LongTexts.PlaceOf(reader);
        if (longTexts.LengthAt(place) is { } length)
        {
            return string.Create(length, this, static (whole, xml) => xml.Fill(whole));
        }

        var depth = reader.Depth;
        var chunk = ArrayPool<char>.Shared.Rent(Chunk);
        while (NextText(depth))
        {
            while (reader.ReadValueChunk(chunk, 0, Chunk) is > 0 and var count)
            {
                text.Append(chunk.AsSpan(0, count));
            }
        }

        ArrayPool<char>.Shared.Return(chunk);
        if (text.OnlyMeasured)
        {
            longTexts.Add(place, text.Length);
        }

        return text.Take();
    }

    /// <summary>The same, or null where it is empty.</summary>
    public string? TextOrNull() => Text() is { Length: > 0 } some ? some : null;

    /// <summary>An attribute as plain text; null where it is absent or empty.</summary>
    public string? Attribute(string name) => PlainText.Of(reader.GetAttribute(name)) is { Length: > 0 } value ? value : null;

    /// <summary>An attribute whose values are listed in the DTD; a value that is not is counted.</summary>
    public string? Attribute(string name, KnownElement of, IReadOnlySet<string> values)
    {
        var value = Attribute(name);
        if (value is not null && !values.Contains(value))
        {
            drift.Met($"{of.Path}/@{name}={Shown.Name(value)}");
        }

        return value;
    }

    /// <summary>The same characters straight into the string that was measured for them.</summary>
    private void Fill(Span<char> whole)
    {
        var depth = reader.Depth;
        var chunk = ArrayPool<char>.Shared.Rent(Chunk);
        var flat = ArrayPool<char>.Shared.Rent(Chunk + 1);
        while (NextText(depth))
        {
            while (reader.ReadValueChunk(chunk, 0, Chunk) is > 0 and var count)
            {
                var written = text.Flatten(chunk.AsSpan(0, count), flat);
                flat.AsSpan(0, written).CopyTo(whole);
                whole = whole[written..];
            }
        }

        ArrayPool<char>.Shared.Return(flat);
        ArrayPool<char>.Shared.Return(chunk);
        text.Take();
    }

    /// <summary>Goes to the next piece of text below the element at this depth; false behind the element's end.</summary>
    private bool NextText(int depth)
    {
        while (Read() && (reader.NodeType != XmlNodeType.EndElement || reader.Depth != depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                return true;
            }

            if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI != Known.MathMl && !Known.Inline.Contains(reader.LocalName))
            {
                drift.Met($"text()/{Shown.Name(reader.LocalName)}");
            }
        }

        return false;
    }

    private bool Read()
    {
        var more = reader.Read();
        if (reader.NodeType == XmlNodeType.Element && ++elements > MostElements)
        {
            throw new XmlException($"it has more than {MostElements} elements");
        }

        return reader.Depth < MaxDepth ? more : throw new XmlException($"its elements are nested deeper than {MaxDepth}");
    }
}
