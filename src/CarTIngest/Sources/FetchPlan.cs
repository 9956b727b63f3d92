using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>What is known of a held record when a night plans what to fetch.</summary>
/// <param name="Gone">Counted as deleted or merged so far.</param>
public sealed record HeldMark(string Stamp, DateTimeOffset LastRead, bool Announced, bool Gone);

/// <summary>What a night fetches, told from the census and from what is held. Pure.</summary>
/// <param name="New">Announced and not held.</param>
/// <param name="Changed">Held, and the source says or hints that it changed; or gone and announced again; or never read from the source itself; or included.</param>
/// <param name="Share">Held, silent, and due to be read again.</param>
/// <param name="Absent">Held, once announced, announced by no arm now.</param>
public sealed record FetchPlan(IReadOnlyList<RecordId> New, IReadOnlyList<RecordId> Changed, IReadOnlyList<RecordId> Share, IReadOnlyList<RecordId> Absent)
{
    /// <summary>Everything to be asked by id, each once.</summary>
    public IReadOnlyList<RecordId> All => [.. New, .. Changed, .. Share, .. Absent];

    /// <param name="included">Reports and registrations of included studies, read every night.</param>
    /// <param name="readWhole">Whether everything that is held is read again tonight.</param>
    /// <param name="believed">Whether what the census does not announce may be held against a record.</param>
    /// <param name="now">Whatever was read later than this was read by a clock that ran ahead: nobody knows when, so it comes first.</param>
    public static FetchPlan Make(SourceCensus census, IReadOnlyDictionary<RecordId, HeldMark> held, RereadPolicy policy, IReadOnlySet<RecordId> included, bool readWhole, bool believed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var announced = census.Announced;
        var fresh = announced.Keys.Where(id => !held.ContainsKey(id)).Order().ToList();
        var changed = new List<RecordId>();
        var silent = new List<RecordId>();
        foreach (var (id, stamp) in announced.OrderBy(pair => pair.Key))
        {
            if (held.TryGetValue(id, out var mark))
            {
                var due = mark.Stamp != stamp || mark.Gone || mark.LastRead <= DateTimeOffset.UnixEpoch || census.Touched.Contains(id) || included.Contains(id);
                (due ? changed : silent).Add(id);
            }
        }

        var absent = !believed ? [] : held.Where(pair => pair.Value is { Announced: true, Gone: false } && !announced.ContainsKey(pair.Key)).Select(pair => pair.Key).Order().ToList();
        return new FetchPlan(fresh, changed, readWhole ? silent : policy.AllAtOnce ? [] : OldestShare(silent, held, policy.WithinDays, now), absent);
    }

    /// <summary>As many as it takes to come round within the days, those unread the longest first.</summary>
    private static IReadOnlyList<RecordId> OldestShare(List<RecordId> silent, IReadOnlyDictionary<RecordId, HeldMark> held, int withinDays, DateTimeOffset now)
    {
        var share = (silent.Count + withinDays - 1) / withinDays;
        return [.. silent.OrderBy(id => held[id].LastRead > now ? DateTimeOffset.MinValue : held[id].LastRead).ThenBy(id => id).Take(share).Order()];
    }
}
