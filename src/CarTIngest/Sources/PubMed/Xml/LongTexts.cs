using System.Xml;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// The lengths of a record's texts that are too long to be collected: found on a first walk, so that a second one can write each straight into a
/// string of its size. Told apart by the place of their start tags.
/// </summary>
internal sealed class LongTexts
{
    private readonly Dictionary<(int Line, int Column), int> lengths = [];

    public bool Any => lengths.Count > 0;

    public long Characters { get; private set; }

    public static (int Line, int Column) PlaceOf(XmlReader reader) =>
        reader is IXmlLineInfo place ? (place.LineNumber, place.LinePosition) : throw new ArgumentException("A reader without line numbers.", nameof(reader));

    public void Add((int Line, int Column) place, int length)
    {
        lengths[place] = length;
        Characters += length;
    }

    public int? LengthAt((int Line, int Column) place) => lengths.TryGetValue(place, out var length) ? length : null;
}
