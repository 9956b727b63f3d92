using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;

namespace CarTIngest.Simulation;

/// <summary>A source's night at the moment of its commit: is every announced record held or named, do the sums add up, does each record stand where it must?</summary>
internal sealed class NightCheck(StoreView view)
{
    private const int Plenty = Product.Plenty;
    private static readonly Standed Fresh = new(Standing.Current, true, null, "", 0);

    private readonly Dictionary<string, Dictionary<RecordId, Standed>> known = new(StringComparer.Ordinal) { ["pubmed"] = [], ["clinicaltrials"] = [] };
    private readonly Dictionary<string, Dictionary<string, (string Sent, long Count)>> armsBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly?> marks = new(StringComparer.Ordinal);

    public void Closed(Actor actor, Func<string, HashSet<RecordId>> untold, Action<string, string> say)
    {
        var row = view.LastSourceRow()!;
        if (row.Run != actor.Run)
        {
            // The book of a run that was cut short, closed by the next.
            if (row.Complete || NightReportJson.ReadSource(row.Sums).Answered)
            {
                say("cut short", $"Run {row.Run}, {row.Source}: it was cut short and is told otherwise.");
            }

            return;
        }

        var journal = actor.Journals.Last(journal => journal.Source == row.Source);
        var sums = NightReportJson.ReadSource(row.Sums);
        var (before, after) = (known[row.Source], view.Records(row.Source));
        void Say(string invariant, string says) => say(invariant, $"Run {row.Run}, {row.Source}: {says}");

        NothingVanished(before, after, Say);
        var census = sums.Answered ? journal.Censuses.LastOrDefault() : null;
        if (census is null)
        {
            if (sums.Answered || sums.Complete || !(journal.Failed || actor.Struck))
            {
                Say("down", "it is told otherwise than it was: the source answered, or did not.");
            }
        }
        else
        {
            var held = after.Keys.ToHashSet();
            Sums(row, sums, census, journal, held, untold(row.Source), Say);
            Contents(journal, census, before, after, Say);
        }

        var believed = census is not null && IsBelieved(row.Source, census, before, journal.ToleratedShrinkPercent);
        if (row.Complete != believed || row.Complete != sums.Complete)
        {
            Say("complete", $"it is {(row.Complete ? "complete" : "not complete")} and should not be so: {string.Join(' ', sums.Why)}");
        }

        Standings(row, sums, believed ? census : null, journal, before, after, Say);
        Watermark(row, Say);
        if (row.Complete)
        {
            armsBefore[row.Source] = census!.Arms.ToDictionary(arm => arm.Arm.Name, arm => (arm.Sent, arm.Count), StringComparer.Ordinal);
        }

        known[row.Source] = after;
    }

    /// <summary>An import may bring records and give gone ones their standing back; it takes none away.</summary>
    public void Imported(Action<string, string> say)
    {
        foreach (var source in known.Keys.ToList())
        {
            var after = view.Records(source);
            NothingVanished(known[source], after, say);
            known[source] = after;
        }
    }

    private static void NothingVanished(Dictionary<RecordId, Standed> before, Dictionary<RecordId, Standed> after, Action<string, string> say)
    {
        foreach (var id in before.Keys.Where(id => !after.ContainsKey(id)))
        {
            say("nothing is lost", $"{id} was held and is not.");
        }
    }

    private void Sums(SourceRow row, SourceNight sums, SourceCensus census, Journal journal, HashSet<RecordId> held, HashSet<RecordId> untold, Action<string, string> say)
    {
        var announced = census.Arms.Where(arm => arm.Proven).SelectMany(arm => arm.Ids.Keys).ToHashSet();
        var named = view.Named(row.Run, row.Source);
        var absent = announced.Where(id => !held.Contains(id)).ToHashSet();
        var excused = named.Where(name => name.Kind is "unavailable" or "quarantined").ToDictionary(name => name.Id, name => name);
        foreach (var id in absent.Where(id => !excused.ContainsKey(id)))
        {
            say("held or named", $"{id} was announced and is neither held nor named.");
        }

        foreach (var name in named.Where(name => name.Why.Length == 0 || (excused.ContainsKey(name.Id) && !absent.Contains(name.Id))))
        {
            say("held or named", $"{name.Id} is named {name.Kind} for no reason.");
        }

        foreach (var name in excused.Values.Where(name => !journal.Asked.Contains(name.Id) || (name.Kind == "quarantined") != journal.Unreadable.Contains(name.Id)))
        {
            say("held or named", $"{name.Id} is called {name.Kind}, and that is not what the source did.");
        }

        if (sums.Announced != announced.Count || sums.Held != announced.Count(held.Contains) || sums.Announced != sums.Held + sums.Unavailable + sums.Quarantined || sums.Held != sums.New + sums.Revised + sums.Unchanged
            || sums.Unavailable + sums.Quarantined != excused.Count)
        {
            say("sums", $"they do not add up: {row.Sums}");
        }

        if (sums.New != announced.Count(untold.Contains))
        {
            say("told once", $"{sums.New} are called new, and {announced.Count(untold.Contains)} of the announced were never told.");
        }
    }

    /// <summary>What was given tonight and can be read is what is held.</summary>
    private static void Contents(Journal journal, SourceCensus census, Dictionary<RecordId, Standed> before, Dictionary<RecordId, Standed> after, Action<string, string> say)
    {
        foreach (var (id, content) in journal.Given.Where(given => census.Announced.ContainsKey(given.Key) || before.ContainsKey(given.Key)))
        {
            if (!after.TryGetValue(id, out var now) || now.Content != content)
            {
                say("what is given is held", $"{id} was given and is held {(now is null ? "not at all" : "in another content")}.");
            }
        }
    }

    /// <summary>The rule of the field, said again: every arm proven, none lost more than may be, and not nothing at all.</summary>
    private bool IsBelieved(string source, SourceCensus census, Dictionary<RecordId, Standed> before, int tolerated)
    {
        var then = armsBefore.GetValueOrDefault(source) ?? [];
        var shrunk = census.Arms.Any(arm => then.TryGetValue(arm.Arm.Name, out var was) && was.Sent == arm.Sent && was.Count - arm.Count > Plenty && (was.Count - arm.Count) * 100 > was.Count * tolerated);
        var nothing = census.Announced.Count == 0 && before.Values.Any(record => record is { Announced: true, Standing: not Standing.Gone });
        return census.Arms.All(arm => arm.Proven) && !shrunk && !nothing;
    }

    /// <param name="believed">Null: nothing may move.</param>
    private void Standings(SourceRow row, SourceNight sums, SourceCensus? believed, Journal journal, Dictionary<RecordId, Standed> before, Dictionary<RecordId, Standed> after, Action<string, string> say)
    {
        var settled = new Dictionary<Standing, HashSet<RecordId>> { [Standing.Left] = [], [Standing.Missing] = [], [Standing.Gone] = [] };
        foreach (var (id, now) in after)
        {
            var was = before.GetValueOrDefault(id) ?? Fresh;
            var must = (was.Standing, was.Announced, was.MissingIn);
            if (believed?.Announced.ContainsKey(id) == true)
            {
                must = (Standing.Current, true, null);
            }
            else if (believed is not null && was is { Announced: true, Standing: not Standing.Gone })
            {
                must = Absent(was, journal.NotGiven.ContainsKey(id), believed.DataVersionAfter);
                settled[must.Standing].Add(id);
                if (!journal.Asked.Contains(id))
                {
                    say("absence", $"{id} is judged absent and was not asked for.");
                }
            }

            if (must != (now.Standing, now.Announced, now.MissingIn))
            {
                say("standing", $"{id} is {now.Standing} ({now.Announced}, {now.MissingIn}) and must be {must} after {was.Standing}.");
            }
        }

        if ((sums.Left, sums.Missing, sums.Gone) != (settled[Standing.Left].Count, settled[Standing.Missing].Count, settled[Standing.Gone].Count))
        {
            say("standing", $"{sums.Left} left, {sums.Missing} missing, {sums.Gone} gone are told, not {string.Join(", ", settled.Select(kind => $"{kind.Value.Count} {kind.Key}"))}.");
        }
    }

    private static (Standing Standing, bool Announced, string? MissingIn) Absent(Standed was, bool refused, string version) =>
        !refused ? (Standing.Left, true, null)
        : was is { Standing: Standing.Missing, MissingIn: { } first } && first != version ? (Standing.Gone, true, first)
        : (Standing.Missing, true, version);

    private void Watermark(SourceRow row, Action<string, string> say)
    {
        var was = marks.GetValueOrDefault(row.Source);
        var must = row.Complete && (was is null || row.Night > was) ? row.Night : was;
        if (row.WatermarkAfter != must)
        {
            say("watermark", $"it is {row.WatermarkAfter:yyyy-MM-dd} after a night of {row.Night:yyyy-MM-dd} that is {(row.Complete ? "complete" : "not complete")} and must be {must:yyyy-MM-dd}.");
        }

        marks[row.Source] = row.WatermarkAfter;
    }
}
