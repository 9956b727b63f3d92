using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What a person says of two records.</summary>
public enum Ruling
{
    /// <summary>They belong to one study.</summary>
    Together = 0,

    /// <summary>They do not, whatever clues say, now or later.</summary>
    Apart = 1,
}

/// <summary>A person's word on a link. The last word on a pair counts; said at one instant, apart counts.</summary>
public sealed record LinkRuling(RecordPair Pair, Ruling Ruling, string By, DateTimeOffset At);

/// <summary>The rulings in force.</summary>
internal sealed class RulingsInForce
{
    private readonly Dictionary<RecordPair, LinkRuling> last;
    private readonly ILookup<RecordId, RecordId> apart;

    public RulingsInForce(IEnumerable<LinkRuling> rulings)
    {
        last = rulings.GroupBy(ruling => ruling.Pair).ToDictionary(
            said => said.Key, said => said.OrderBy(ruling => ruling.At).ThenBy(ruling => ruling.Ruling).ThenBy(ruling => ruling.By, StringComparer.Ordinal).Last());
        apart = last.Values.Where(ruling => ruling.Ruling == Ruling.Apart)
            .SelectMany(ruling => new[] { (From: ruling.Pair.First, To: ruling.Pair.Second), (From: ruling.Pair.Second, To: ruling.Pair.First) })
            .ToLookup(each => each.From, each => each.To);
    }

    public IEnumerable<LinkRuling> Together => last.Values.Where(ruling => ruling.Ruling == Ruling.Together).OrderBy(ruling => ruling.Pair);

    public bool Ruled(RecordPair pair) => last.ContainsKey(pair);

    public bool Apart(RecordPair pair) => last.TryGetValue(pair, out var ruling) && ruling.Ruling == Ruling.Apart;

    public bool Apart(RecordId record, IEnumerable<RecordId> others) => apart.Contains(record) && apart[record].Intersect(others).Any();
}
