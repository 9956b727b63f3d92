using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// What another strategy of a source would bring and lose. What a strategy matches nobody can tell but the source, so both are asked whole, in one census and so of one state of its data;
/// then they are compared with each other and with what is held. Writes nothing and holds no lease.
/// </summary>
public sealed class StrategyTrial(RecordLooks looks)
{
    /// <exception cref="SourceDownException">The source does not answer so that its answer can be trusted.</exception>
    public async Task<TriedStrategy> TryAsync(ISource source, Strategy old, Strategy other, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(other);
        // Arms that both have are asked once.
        var asked = old.Arms.Concat(other.Arms).DistinctBy(arm => arm.Text).ToList();
        var census = await source.Searching(asked).TakeCensusAsync(null, new NoArchive(), cancellationToken);
        var ids = census.Arms.ToDictionary(arm => arm.Arm.Text, arm => arm.Ids.Keys.ToHashSet(), StringComparer.Ordinal);
        var (before, after) = (Matched(old, ids), Matched(other, ids));
        var gained = after.Keys.Except(before.Keys).ToList();
        var lost = before.Keys.Except(after.Keys).ToList();
        var seen = await looks.AtAsync([.. gained, .. lost], cancellationToken);
        return new TriedStrategy(
            source.Name,
            old,
            other,
            before.Count,
            after.Count,
            [.. old.Arms.Select(arm => arm.Name).Union(other.Arms.Select(arm => arm.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Compared(name, old, other, ids))],
            [.. gained.Select(id => new MovedRecord(seen[id], after[id])).Order(MovedRecord.WeightiestFirst)],
            [.. lost.Select(id => new MovedRecord(seen[id], before[id])).Order(MovedRecord.WeightiestFirst)],
            [.. census.Arms.Where(arm => !arm.Proven).Select(arm => $"Arm {arm.Arm.Name} is not proven: {arm.WhyNotProven}")]);
    }

    /// <summary>Every record that the strategy matches, with the arms that do.</summary>
    private static Dictionary<RecordId, IReadOnlyList<string>> Matched(Strategy strategy, Dictionary<string, HashSet<RecordId>> ids) =>
        strategy.Arms.SelectMany(arm => ids[arm.Text].Select(id => (id, arm.Name))).GroupBy(pair => pair.id).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(pair => pair.Name)]);

    private static TriedArm Compared(string name, Strategy old, Strategy other, Dictionary<string, HashSet<RecordId>> ids)
    {
        var (before, after) = (OfArm(old), OfArm(other));
        return new TriedArm(name, before?.Count, after?.Count, (after ?? []).Except(before ?? []).Count(), (before ?? []).Except(after ?? []).Count());

        HashSet<RecordId>? OfArm(Strategy strategy) => strategy.Arms.FirstOrDefault(arm => arm.Name == name) is { } arm ? ids[arm.Text] : null;
    }
}

/// <param name="Before">Records that the old one matches.</param>
/// <param name="Gained">Records that only the other one matches, the weightiest first.</param>
/// <param name="Lost">Records that only the old one matches: those of included studies first.</param>
/// <param name="Why">What was not proven; then gained and lost are not to be relied on.</param>
public sealed record TriedStrategy(
    string Source, Strategy Old, Strategy Other, int Before, int After, IReadOnlyList<TriedArm> Arms, IReadOnlyList<MovedRecord> Gained, IReadOnlyList<MovedRecord> Lost, IReadOnlyList<string> Why);

/// <param name="Old">Null where the old strategy has no such arm.</param>
public sealed record TriedArm(string Arm, int? Old, int? Other, int Gained, int Lost);

/// <param name="By">The arms that match it.</param>
public sealed record MovedRecord(RecordLook Seen, IReadOnlyList<string> By)
{
    /// <summary>By class, then by verdict, then by id; what has neither comes last.</summary>
    public static IComparer<MovedRecord> WeightiestFirst { get; } = Comparer<MovedRecord>.Create((one, other) =>
        (Rank(one.Seen), one.Seen.Id).CompareTo((Rank(other.Seen), other.Seen.Id)));

    private static (int Class, int Verdict) Rank(RecordLook seen) => (seen.Class is { } given ? (int)given : int.MaxValue, seen.Verdict is { } verdict ? -(int)verdict : 1);
}
