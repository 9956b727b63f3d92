using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Groups of records that grow by uniting, and never unite two that a person keeps apart. The result depends on the order of uniting: callers go in one fixed order.</summary>
internal sealed class Partition(RulingsInForce rulings)
{
    private readonly Dictionary<RecordId, SortedSet<RecordId>> groups = [];

    /// <summary>The members, lowest first; a record that was never united is alone.</summary>
    public IReadOnlyCollection<RecordId> GroupOf(RecordId record) => Group(record);

    /// <summary>False where a person keeps any of the one group apart from any of the other.</summary>
    public bool TryUnite(RecordId a, RecordId b)
    {
        var (one, other) = (Group(a), Group(b));
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        var (fewer, more) = one.Count <= other.Count ? (one, other) : (other, one);
        if (fewer.Any(member => rulings.Apart(member, more)))
        {
            return false;
        }

        more.UnionWith(fewer);
        foreach (var member in fewer)
        {
            groups[member] = more;
        }

        return true;
    }

    private SortedSet<RecordId> Group(RecordId record)
    {
        if (!groups.TryGetValue(record, out var group))
        {
            groups.Add(record, group = [record]);
        }

        return group;
    }
}
