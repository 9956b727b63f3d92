using CarTIngest.Matching;
using CarTIngest.Screening;

namespace CarTIngest.Host.Storage;

/// <summary>What people said of links, from the chain of decisions to matching: the last word of each pair.</summary>
internal static class Rulings
{
    public static IReadOnlyList<LinkRuling> Of(ScreeningState state) =>
    [
        .. state.Links.Select(link => (link.Key, Last: link.Value[^1])).Select(link => new LinkRuling(
            Matching.RecordPair.Of(Holdings.IdOf(link.Key.First), Holdings.IdOf(link.Key.Second)),
            link.Last.Word == LinkWord.Confirmed ? Ruling.Together : Ruling.Apart,
            link.Last.By,
            link.Last.At)),
    ];
}
