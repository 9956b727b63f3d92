using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>What people said of links, from the chain of decisions to matching. The fold has the last word of each pair alone, so that the instant does not matter any more.</summary>
internal static class Rulings
{
    public static IReadOnlyList<LinkRuling> Of(ScreeningState state) =>
    [
        .. state.Links.Select(link => new LinkRuling(
            Matching.RecordPair.Of(Holdings.IdOf(link.Key.First), Holdings.IdOf(link.Key.Second)),
            link.Value == LinkWord.Confirmed ? Ruling.Together : Ruling.Apart,
            "a person",
            DateTimeOffset.UnixEpoch)),
    ];
}
