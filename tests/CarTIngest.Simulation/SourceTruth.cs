using System.Globalization;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Simulation;

/// <summary>What one source has and announces, from day to day. Faults in telling it are <see cref="Trouble"/>, not here.</summary>
internal sealed class SourceTruth
{
    private readonly Dice dice;
    private readonly bool silent;
    private int last;

    public SourceTruth(string name, Dice dice, DateOnly today, WorldShape shape)
    {
        (Name, this.dice, silent) = (name, dice, shape.Silent);
        Arms = [.. Enumerable.Range(0, dice.Between(1, 2)).Select(number => $"{(char)('A' + number)}")];
        Reread = new RereadPolicy(dice.Between(3, 6), AllAtOnce: name != "pubmed");
        for (var count = dice.Between(0, shape.MostRecords); count > 0; count--)
        {
            Appear(today);
        }
    }

    public string Name { get; }

    public IReadOnlyList<string> Arms { get; }

    public RereadPolicy Reread { get; }

    /// <summary>The strategy's wording; a person may change it.</summary>
    public string Strategy { get; private set; } = "everything";

    public string DataVersion { get; private set; } = "data 0";

    public SortedDictionary<RecordId, SimulatedRecord> Records { get; } = [];

    /// <summary>A day goes by: a few records appear, change, vanish, come back, merge, become unreadable or change arms.</summary>
    public void Evolve(DateOnly today, int happenings)
    {
        DataVersion = dice.OneIn(8) ? DataVersion : NewVersion();
        Strategy = dice.OneIn(40) ? $"everything {today.DayNumber}" : Strategy;
        for (var count = dice.Below(happenings + 1); count > 0; count--)
        {
            Happen(today);
        }
    }

    /// <summary>Nothing is the matter with any record any more: what is readable is given, what is announced too, and another state of the data is told each day.</summary>
    public void Heal()
    {
        DataVersion = NewVersion();
        foreach (var record in Records.Values)
        {
            record.Readable = true;
            record.Given |= record.Arms != 0;
            record.MergedInto = record.Given ? null : record.MergedInto;
        }
    }

    public bool Announces(SimulatedRecord record, int arm) => (record.Arms & (1 << arm)) != 0;

    private void Happen(DateOnly today)
    {
        var kind = dice.Below(14);
        if (kind < 4 || Records.Count == 0)
        {
            Appear(today);
            return;
        }

        var record = dice.Pick([.. Records.Values]);
        switch (kind)
        {
            case < 7:
                record.Change(today, Owned.Dated, Name == "pubmed" && dice.OneIn(4));
                break;
            case 7:
                record.Change(today, silent ? Owned.Silent : Owned.Dated, newVersion: false);
                break;
            case 8:
                // Deleted, merged, or announced though it is not given any more.
                (record.Given, record.Arms) = (false, dice.OneIn(4) ? record.Arms : 0);
                record.MergedInto = Name != "pubmed" && dice.OneIn(2) && dice.Pick([.. Records.Keys]) is var other && other != record.Id ? other : null;
                break;
            case 9:
                record.Arms = 0;
                break;
            case 10:
                (record.Given, record.MergedInto, record.Arms) = (true, null, SomeArms());
                break;
            case 11:
                record.Readable = !record.Readable;
                break;
            case 12:
                // Announced before it can be had.
                Appear(today).Given = false;
                break;
            default:
                record.Arms = record.Arms == 0 ? 0 : SomeArms();
                break;
        }
    }

    private SimulatedRecord Appear(DateOnly today)
    {
        last++;
        var text = Name == "pubmed" ? $"pmid:{last}" : string.Create(CultureInfo.InvariantCulture, $"nct:NCT{last:00000000}");
        var id = RecordId.TryParse(text, out var parsed) ? parsed : throw new InvalidOperationException($"{text} is no record id.");
        var record = new SimulatedRecord(id, SomeArms(), today) { Readable = !dice.OneIn(12) };
        Records.Add(id, record);
        return record;
    }

    private int SomeArms() => dice.Between(1, (1 << Arms.Count) - 1);

    private string NewVersion() => $"data {dice.Next():x}";
}
