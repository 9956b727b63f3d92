namespace CarTIngest.Tests.Hostile.Mutations;

/// <summary>What is done to a record: by its pieces (elements, tags, members, values), or by its bytes.</summary>
internal enum MutationKind
{
    DeletePiece,
    RepeatPiece,
    SwapPieces,
    CutEnd,
    CutStart,
    DeleteBytes,
    SpliceBytes,
    ReplaceByte,
    InsertToken,
    BreakUtf8,
    HugeNumber,
    NestDeep,
}

/// <param name="At">Picks the place, in parts of 2^16.</param>
/// <param name="Other">Picks the second place or the token.</param>
/// <param name="Size">Bytes, times or levels.</param>
internal readonly record struct Mutation(MutationKind Kind, int At, int Other, int Size)
{
    public override string ToString() => $"{Kind}({At},{Other},{Size})";
}
