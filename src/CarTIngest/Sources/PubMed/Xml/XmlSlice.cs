namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>One piece of a document: a record's own element, or what stands where a record should.</summary>
/// <param name="Offset">Of the first byte, in the UTF-8 document.</param>
/// <param name="Bytes">Valid until the next slice is asked for.</param>
internal abstract record XmlSlice(long Offset, ReadOnlyMemory<byte> Bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; protected set; } = Bytes;
}

/// <param name="Name">PubmedArticle, PubmedBookArticle or DeleteCitation.</param>
/// <param name="Free">Lets the memory of its bytes go.</param>
/// <param name="GoBack">Lets the next slice begin so many bytes behind this one's first.</param>
internal sealed record RecordSlice(string Name, long Offset, ReadOnlyMemory<byte> Bytes, Action Free, Action<int> GoBack) : XmlSlice(Offset, Bytes)
{
    /// <summary>It cannot be read and ends before its byte <paramref name="length"/>, where another record seems to begin.</summary>
    public void EndBefore(int length)
    {
        Bytes = Bytes[..length];
        GoBack(length);
    }

    /// <summary>Its bytes are void from here on, and their memory is given back.</summary>
    public void LetGo()
    {
        Bytes = default;
        Free();
    }
}

/// <param name="Reason">One sentence for people.</param>
internal sealed record BrokenSlice(string Reason, long Offset, ReadOnlyMemory<byte> Bytes) : XmlSlice(Offset, Bytes);
