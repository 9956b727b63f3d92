using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Storage;

/// <summary>One source's night: its sums add up, agree with the columns beside them, with its arms and with the names written for it, and what it calls new is held.</summary>
internal sealed class IntegrityOfSums(RunSource row, List<string> faults)
{
    private bool Answered => row.DataVersionAfter is not null;

    /// <returns>Null when the sums cannot be read.</returns>
    public SourceNight? Check(IReadOnlyList<RunArm> arms, IReadOnlyList<RunNamed> named, IReadOnlyDictionary<string, IntegrityMark> held)
    {
        if (Answered != arms.Count > 0)
        {
            Say($"it {(Answered ? "answered, and has no arms" : "did not answer, and has arms")}.");
        }

        if (Read() is not { } sums)
        {
            Say("its sums cannot be read.");
            return null;
        }

        if ((sums.Source, sums.Announced, sums.Complete, sums.Answered) != (row.Source, row.Announced, row.Complete, Answered))
        {
            Say("its sums are not those of its row.");
        }

        if (sums.Answered && sums.Complete && (sums.Announced != sums.Held + sums.Quarantined + sums.Unavailable || sums.Held != sums.New + sums.Revised + sums.Unchanged))
        {
            Say("it is called complete and its sums do not add up.");
        }

        CheckArms(arms, sums);
        CheckNames(named, sums);
        CheckHeld(sums, held);
        return sums;
    }

    private void CheckArms(IReadOnlyList<RunArm> arms, SourceNight sums)
    {
        // Arms overlap: what they announce together is at least the longest list and at most all of them.
        var proven = arms.Where(arm => arm.WhyNotProven is null).Select(arm => arm.Listed).ToList();
        if (Answered && (sums.Announced > proven.Sum(listed => (long)listed) || sums.Announced < proven.DefaultIfEmpty(0).Max() || (sums.Complete && proven.Count < arms.Count)))
        {
            Say($"{sums.Announced} announced is not what its arms listed.");
        }
    }

    private void CheckNames(IReadOnlyList<RunNamed> named, SourceNight sums)
    {
        var rows = named.Select(name => $"{name.Kind} {name.RecordId}").Order(StringComparer.Ordinal);
        (string Kind, int Count, IReadOnlyList<RecordId> Ids)[] told =
        [
            ("left", sums.Left, sums.Named.Left), ("missing", sums.Missing, sums.Named.Missing), ("gone", sums.Gone, sums.Named.Gone),
            ("quarantined", sums.Quarantined, sums.Named.Quarantined), ("unavailable", sums.Unavailable, sums.Named.Unavailable),
        ];
        if (!rows.SequenceEqual(told.SelectMany(kind => kind.Ids.Select(id => $"{kind.Kind} {id.Text}")).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            Say("the records that it names are not those in its sums.");
        }

        foreach (var (kind, count, ids) in told.Where(kind => kind.Count != kind.Ids.Count))
        {
            Say($"{count} are {kind}, and {ids.Count} are named.");
        }

        // A complete night also names what earlier nights brought and no arm announces any more; it stands outside the sums.
        if (sums.Complete ? sums.Named.New.Count < sums.New : sums.Named.New.Count != sums.New)
        {
            Say($"{sums.New} are new, and {sums.Named.New.Count} are named.");
        }
    }

    /// <summary>New, left, missing and gone ones are held for ever.</summary>
    private void CheckHeld(SourceNight sums, IReadOnlyDictionary<string, IntegrityMark> held)
    {
        foreach (var id in sums.Named.New.Concat(sums.Named.Left).Concat(sums.Named.Missing).Concat(sums.Named.Gone).Where(id => !held.ContainsKey(id.Text)))
        {
            Say($"it names {id}, which has no revision.");
        }
    }

    private SourceNight? Read()
    {
        try
        {
            // A generated reader leaves null what the line does not name.
            return NightReportJson.ReadSource(row.Sums) is { Source: not null, Why: not null, Notes: not null, Named: { Missing: not null, Unavailable: not null, Quarantined: not null, Left: not null, Gone: not null, New: not null } } sums ? sums : null;
        }
        catch (Exception damage) when (damage is JsonException or FormatException)
        {
            return null;
        }
    }

    private void Say(string fault) => faults.Add($"Run {row.RunId}, {row.Source}: {fault}");
}
