using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// Which record is in which study, before the studies are written out. Registrations of one trial are one core. A publication belongs to every core that it, or
/// another version of it, reports. Of the rest, those that name one and the same unheld number share a study; who names several of these is a report of each.
/// </summary>
internal sealed class Memberships
{
    private readonly RulingsInForce rulings;
    private readonly Partition cores;
    private readonly Partition works;
    private readonly SortedDictionary<RecordId, SortedSet<RecordId>> reports = [];
    private readonly SortedDictionary<RecordId, SortedSet<RecordId>> cored = [];
    private readonly ILookup<RecordId, RecordId> noticed;

    public Memberships(IReadOnlyCollection<RecordId> records, IReadOnlyList<Link> links, IReadOnlyList<UnheldNumber> unheld, RulingsInForce rulings)
    {
        this.rulings = rulings;
        (cores, works) = (new(rulings), new(rulings));
        var held = records.ToHashSet();
        var standing = links.Where(link => held.Contains(link.Pair.First) && held.Contains(link.Pair.Second) && !rulings.Apart(link.Pair))
            .OrderByDescending(link => link.Strength).ThenBy(link => link.Pair).ToList();
        // A notice is no version of what it speaks of: one that corrects two papers must not make them one.
        noticed = standing.Where(link => link.Kind == LinkKind.NoticeOf)
            .SelectMany(link => link.Clues.Where(clue => clue.Clue == ClueNames.Notice).Select(clue => (Notice: clue.ReadIn, Of: clue.ReadIn == link.Pair.First ? link.Pair.Second : link.Pair.First)))
            .Distinct().ToLookup(each => each.Notice, each => each.Of);
        foreach (var link in standing.Where(link => link.Kind is not (LinkKind.ReportOf or LinkKind.NoticeOf)))
        {
            (link.Kind == LinkKind.SameTrial ? cores : works).TryUnite(link.Pair.First, link.Pair.Second);
        }

        foreach (var registration in records.Where(IsRegistration).Order())
        {
            var core = cores.GroupOf(registration);
            cored.TryAdd(core.First(), [.. core]);
        }

        foreach (var link in standing.Where(link => link.Kind == LinkKind.ReportOf))
        {
            Attach(link);
        }

        AddUnregistered(records.Where(record => !IsRegistration(record) && !OnlyNotice(record)), unheld);
        AddNotices();
    }

    /// <summary>By the study's id, its registrations; empty for a study of publications alone.</summary>
    public IReadOnlyDictionary<RecordId, SortedSet<RecordId>> Registrations => cored;

    /// <summary>By the study's id, its publications.</summary>
    public IReadOnlyDictionary<RecordId, SortedSet<RecordId>> Reports => reports;

    private static bool IsRegistration(RecordId record) => record.Source != "pubmed";

    // One that is another's version too, or that a person put to another, goes with that one as well.
    private bool OnlyNotice(RecordId record) => noticed.Contains(record) && works.GroupOf(record).Count == 1;

    // All versions of a work report what one of them reports, but for those that a person keeps apart from any of the trial's registrations.
    private void Attach(Link link)
    {
        var (paper, registration) = IsRegistration(link.Pair.First) ? (link.Pair.Second, link.Pair.First) : (link.Pair.First, link.Pair.Second);
        var core = cores.GroupOf(registration);
        if (!rulings.Apart(paper, core))
        {
            Add(core.First(), works.GroupOf(paper).Where(version => !rulings.Apart(version, core)));
        }
    }

    private void AddUnregistered(IEnumerable<RecordId> publications, IReadOnlyList<UnheldNumber> unheld)
    {
        var registered = reports.Values.SelectMany(members => members).ToHashSet();
        var numbersOf = unheld.SelectMany(number => number.Clues.Select(clue => (clue.ReadIn, number.Number))).ToLookup(each => each.ReadIn, each => each.Number);
        var free = publications.Where(publication => !registered.Contains(publication)).Order()
            .GroupBy(publication => works.GroupOf(publication).First())
            .Select(work => (Members: work.ToList(), Numbers: work.SelectMany(member => numbersOf[member]).ToHashSet(StringComparer.Ordinal))).ToList();

        var ofNumber = new Dictionary<string, List<RecordId>>(StringComparer.Ordinal);
        foreach (var work in free.Where(work => work.Numbers.Count == 1))
        {
            Share(ofNumber, work.Numbers.Single(), work.Members);
        }

        foreach (var work in free.Where(work => work.Numbers.Count != 1))
        {
            if (Join(ofNumber, work.Numbers, work.Members) == 0)
            {
                Add(work.Members[0], work.Members);
            }
        }

        foreach (var publication in registered.Order())
        {
            Join(ofNumber, numbersOf[publication], [publication]);
        }
    }

    // Into every study of what it speaks of; where a person keeps it from all of these, it is alone.
    private void AddNotices()
    {
        foreach (var notice in noticed.Select(each => each.Key).Order().ToList())
        {
            var places = reports.Where(study => noticed[notice].Any(study.Value.Contains)).Select(study => study.Key)
                .Where(study => !rulings.Apart(notice, cored.GetValueOrDefault(study) ?? [])).Where(study => cored.ContainsKey(study) || !rulings.Apart(notice, reports[study])).ToList();
            foreach (var study in places)
            {
                Add(study, [notice]);
            }
        }

        var placed = reports.Values.SelectMany(members => members).ToHashSet();
        foreach (var notice in noticed.Select(each => each.Key).Where(notice => !placed.Contains(notice)).Order().ToList())
        {
            Add(notice, [notice]);
        }
    }

    // The first study of the number in which nobody is kept apart from the newcomers; else a study of their own.
    private void Share(Dictionary<string, List<RecordId>> ofNumber, string number, List<RecordId> members)
    {
        if (!ofNumber.TryGetValue(number, out var studies))
        {
            ofNumber.Add(number, studies = []);
        }

        var fitting = studies.FirstOrDefault(study => !members.Any(member => rulings.Apart(member, reports[study])));
        if (fitting == default)
        {
            studies.Add(fitting = members[0]);
        }

        Add(fitting, members);
    }

    private int Join(Dictionary<string, List<RecordId>> ofNumber, IEnumerable<string> numbers, IReadOnlyList<RecordId> members)
    {
        var joined = 0;
        foreach (var studies in numbers.Order(StringComparer.Ordinal).Where(ofNumber.ContainsKey).Select(number => ofNumber[number]))
        {
            var fitting = studies.FirstOrDefault(study => !members.Any(member => rulings.Apart(member, reports[study])));
            if (fitting != default)
            {
                Add(fitting, members);
                joined++;
            }
        }

        return joined;
    }

    private void Add(RecordId study, IEnumerable<RecordId> members)
    {
        if (!reports.TryGetValue(study, out var known))
        {
            reports.Add(study, known = []);
        }

        known.UnionWith(members);
    }
}
