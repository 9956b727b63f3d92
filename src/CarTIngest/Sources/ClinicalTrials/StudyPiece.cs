namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>What a cut of a document holds.</summary>
internal enum StudyPieceKind
{
    /// <summary>One balanced JSON value.</summary>
    Value,

    /// <summary>A value of more bytes than one record may have; the first of them are here.</summary>
    TooLong,

    /// <summary>A value nested deeper than one record may be.</summary>
    TooDeep,

    /// <summary>A value that does not end before the next record begins.</summary>
    Broken,

    /// <summary>The document ends inside this value, or before its own last bracket (no bytes).</summary>
    DocumentCut,

    /// <summary>What is no JSON object or array; the first of its bytes are here.</summary>
    Text,

    /// <summary>The document holds nothing at all.</summary>
    Nothing,
}

/// <param name="Offset">Of the first byte, in the UTF-8 document.</param>
/// <param name="Bytes">Valid until the next piece is asked for.</param>
internal readonly record struct StudyPiece(StudyPieceKind Kind, long Offset, ReadOnlyMemory<byte> Bytes);
