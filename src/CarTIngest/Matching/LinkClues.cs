using CarTIngest.Matching.Clues;

namespace CarTIngest.Matching;

/// <summary>Every clue by which a record names another, in the order in which a link shows them where they are equally strong.</summary>
internal static class LinkClues
{
    public static IReadOnlyList<ILinkClue> All { get; } =
    [
        new AliasClue(), new SecondaryNumberClue(), new DatabankClue(), new NumberInTextClue(), new RegistryReferenceClue(), new UpdateClue(), new NoticeClue(),
    ];
}
