using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// The sums of a source's night, counted once from what happened and once from what the store holds afterwards, so that a record that fell between
/// the two shows. Every announced record is held, quarantined or unavailable; every held one that was not announced is left, missing or gone.
/// </summary>
public sealed class NightTally
{
    private readonly Arrivals arrivals;
    private readonly List<RecordId> announced = [];
    private readonly List<RecordId> unread = [];
    private readonly List<RecordId> added = [];
    private readonly List<RecordId> outside = [];
    private readonly List<string> why = [];
    private readonly List<string> notes = [];
    private int held;
    private int revised;
    private int unchanged;

    private NightTally(Arrivals arrivals) => this.arrivals = arrivals;

    public List<AbsentRecord> Absent { get; } = [];

    /// <summary>Records that the night names, of every kind.</summary>
    public List<NamedRecord> Named { get; } = [];

    public static NightTally Count(
        TakenCensus taken, IReadOnlyDictionary<RecordId, HeldStanding> before, IReadOnlyDictionary<RecordId, HeldStanding> after, FetchPlan plan, FetchOutcome fetched, Arrivals arrivals)
    {
        var tally = new NightTally(arrivals);
        tally.announced.AddRange(taken.Census.Arms.Where(arm => arm.Proven).SelectMany(arm => arm.Ids.Keys).Distinct().Order());
        tally.why.AddRange(taken.WhyNotBelieved);
        tally.notes.AddRange(taken.Census.Arms.SelectMany(arm => arm.Warnings.Select(warning => $"Arm {arm.Arm.Name}: {warning}")));
        tally.CountAnnounced(before, after, fetched);
        tally.Absent.AddRange(plan.Absent.Select(id => tally.Judge(id, before[id], taken.Census.DataVersionAfter, fetched)));
        tally.notes.AddRange(tally.Absent.Where(absent => absent.Standing == Standing.Left && before[absent.Id].Standing != Standing.Left).Select(absent => $"{absent.Id} left the strategy. {absent.Why}"));
        tally.Named.AddRange(tally.Absent.Select(absent => new NamedRecord(KindOf(absent.Standing), absent.Id, absent.Why)));
        tally.Check(fetched);
        return tally;
    }

    public SourceNight Sums(string source, long requests, long bytes) => new(
        source,
        announced.Count,
        held,
        added.Count,
        revised,
        unchanged,
        Of("left").Count,
        Of("missing").Count,
        Of("gone").Count,
        Of("quarantined").Count,
        Of("unavailable").Count,
        new NamedRecords(Of("missing"), Of("unavailable"), Of("quarantined"), Of("left"), Of("gone"), [.. added.Concat(why.Count == 0 ? outside : []).Order()], unread),
        requests,
        bytes,
        Answered: true,
        Complete: why.Count == 0,
        why,
        notes);

    private void CountAnnounced(IReadOnlyDictionary<RecordId, HeldStanding> before, IReadOnlyDictionary<RecordId, HeldStanding> after, FetchOutcome fetched)
    {
        foreach (var id in announced)
        {
            var kind = fetched.Placed.TryGetValue(id, out var placed) ? placed : (PlacementKind?)null;
            held += after.ContainsKey(id) ? 1 : 0;
            if (before.ContainsKey(id))
            {
                NoteUnread(id, kind, fetched);
            }

            if (arrivals.Added.Contains(id))
            {
                added.Add(id);
            }
            else if (arrivals.Revised.Contains(id))
            {
                revised++;
            }
            else if (before.ContainsKey(id))
            {
                unchanged++;
            }
            else if (kind == PlacementKind.Quarantined)
            {
                Named.Add(new NamedRecord("quarantined", id, "It came and could not be read; its bytes are kept."));
            }
            else
            {
                Named.Add(new NamedRecord("unavailable", id, fetched.NotGiven.TryGetValue(id, out var notGiven) ? notGiven.Why : "It was announced, asked for, and did not come."));
            }
        }
    }

    /// <summary>Held in an older reading, and tonight's could not be had: the sums stay true, the operator is told.</summary>
    private void NoteUnread(RecordId id, PlacementKind? kind, FetchOutcome fetched)
    {
        if (kind == PlacementKind.Quarantined)
        {
            unread.Add(id);
            notes.Add($"{id} is held, but its newest form could not be read and lies in quarantine.");
        }
        else if (fetched.NotGiven.TryGetValue(id, out var notGiven))
        {
            unread.Add(id);
            notes.Add($"{id} is announced and held, but was not given when asked for: {notGiven.Why}");
        }
    }

    private void Check(FetchOutcome fetched)
    {
        var (quarantined, unavailable) = (Of("quarantined").Count, Of("unavailable").Count);
        if (held + quarantined + unavailable != announced.Count || added.Count + revised + unchanged != held)
        {
            why.Add($"The sums do not add up: {announced.Count} announced, {held} held, {added.Count} new, {revised} revised, {unchanged} unchanged, {quarantined} quarantined, {unavailable} unavailable.");
        }

        outside.AddRange(arrivals.Added.Except(announced).Order());
        if (outside.Count > 0)
        {
            notes.Add(why.Count > 0
                ? $"{outside.Count} records came that no proven arm announces. They are kept, and are told as new when one does, or by the next complete night."
                : $"New and outside the sums, for no arm announces them any more: {string.Join(", ", outside)}.");
        }

        if (fetched.Nameless > 0)
        {
            notes.Add($"{fetched.Nameless} unreadable pieces without an id lie in quarantine.");
        }
    }

    private AbsentRecord Judge(RecordId id, HeldStanding standing, string dataVersion, FetchOutcome fetched)
    {
        if (!fetched.NotGiven.TryGetValue(id, out var notGiven))
        {
            return new AbsentRecord(id, Standing.Left, $"The source still gives it by its id, and no arm of the strategy announces it.{CauseOf(id)}", null, null);
        }

        var seenIn = standing is { Standing: Standing.Missing, MissingIn: { } earlier } ? earlier : dataVersion;
        return seenIn == dataVersion
            ? new AbsentRecord(id, Standing.Missing, notGiven.Why, seenIn, notGiven.MergedInto)
            : new AbsentRecord(id, Standing.Gone, notGiven.Why, seenIn, notGiven.MergedInto);
    }

    /// <summary>What took it out of the strategy, as far as the record itself tells: the fields that changed when it was read tonight.</summary>
    private string CauseOf(RecordId id) =>
        arrivals.Changes.Where(change => change.Id == id).Select(change => change.Field).Distinct().ToList() is { Count: > 0 } fields ? $" Its changed fields: {string.Join(", ", fields)}." : "";

    private static string KindOf(Standing standing) => standing switch { Standing.Left => "left", Standing.Missing => "missing", _ => "gone" };

    private List<RecordId> Of(string kind) => [.. Named.Where(named => named.Kind == kind).Select(named => named.Id)];
}
