using System.Runtime.CompilerServices;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A source that holds what the test says. Its records are lines "PMID version title"; a title of "?" cannot be read.</summary>
internal sealed class ScriptedSource(string name) : ISource
{
    public const string Unreadable = "?";

    public string Name { get; } = name;

    public string ReaderVersion => "lines/1";

    public IReadOnlyList<SearchArm> Arms => [new SearchArm(Name, "A", "All of it", new Dictionary<string, string> { ["term"] = Strategy })];

    /// <summary>What the last census was asked with.</summary>
    public IReadOnlyList<SearchArm> LastArms { get; private set; } = [];

    /// <summary>The followed trials, as the source was told of them last.</summary>
    public KnownStudies? Followed { get; private set; }

    public IReadOnlyList<SearchArm> ArmsFor(KnownStudies known)
    {
        Followed = known;
        return known.Reports.Count == 0 || !Matches.ContainsKey("term=citing") ? [] : [new SearchArm(Name, BuiltArms.Citations, "", new Dictionary<string, string> { ["term"] = "citing" })];
    }

    public ISource Searching(IReadOnlyList<SearchArm> arms)
    {
        LastArms = arms;
        return this;
    }

    public RereadPolicy Reread { get; set; } = new(30, AllAtOnce: false);

    public string DataVersion { get; set; } = "day 1";

    /// <summary>What it gives by id.</summary>
    public Dictionary<long, string> Gives { get; } = [];

    /// <summary>What an arm of that text matches, where it is another than the rest.</summary>
    public Dictionary<string, IReadOnlyList<long>> Matches { get; } = new(StringComparer.Ordinal);

    /// <summary>What its one arm announces; null: all that it gives.</summary>
    public IReadOnlyList<long>? Announces { get; set; }

    public HashSet<long> Touches { get; } = [];

    /// <summary>What it says of some of the records that it does not give.</summary>
    public Dictionary<long, RecordId> MergedInto { get; } = [];

    public string Strategy { get; set; } = "everything";

    public string? WhyNotProven { get; set; }

    public bool Down { get; set; }

    /// <summary>The fetch fails after so many records; null: never.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>The fetch is stopped from outside after so many records; null: never.</summary>
    public int? StopsAfter { get; set; }

    public int Censuses { get; private set; }

    public List<IReadOnlyList<RecordId>> Asked { get; } = [];

    /// <summary>Called before each census, with how many were taken already.</summary>
    public Action<int> BeforeCensus { get; set; } = _ => { };

    /// <summary>Done before the first record of a fetch is given.</summary>
    public Func<Task> WhileAsked { get; set; } = () => Task.CompletedTask;

    public void Give(long pmid, string title) => Gives[pmid] = title;

    public Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken) =>
        Down ? throw new SourceDownException(Name, "It answered 'Search Backend failed' eight times.") : Task.FromResult(DataVersion);

    public Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken)
    {
        BeforeCensus(Censuses);
        Censuses++;
        if (Down)
        {
            throw new SourceDownException(Name, "It answered 'Search Backend failed' eight times.");
        }

        var arms = LastArms.Select(arm =>
        {
            var ids = (Matches.GetValueOrDefault(arm.Text) ?? Announces ?? [.. Gives.Keys]).ToDictionary(IdOf, _ => "");
            return new ArmCensus(arm, arm.Parameters["term"], ids.Count, ids, null, [], WhyNotProven);
        });
        return Task.FromResult(new SourceCensus(DataVersion, DataVersion, [.. arms], Touches.Select(IdOf).ToHashSet()));
    }

    public async IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Asked.Add(ids);
        await WhileAsked();
        foreach (var (index, id) in ids.Index())
        {
            if (index == StopsAfter)
            {
                throw new OperationCanceledException();
            }

            if (index == FailsAfter)
            {
                throw new SourceDownException(Name, "It stopped answering.");
            }

            var pmid = long.Parse(id.Local, null);
            if (!Gives.TryGetValue(pmid, out var title))
            {
                yield return new NotGivenRecord(id, $"{id} was asked for by itself and not given.", MergedInto.TryGetValue(pmid, out var into) ? into : null);
                continue;
            }

            var line = Encoding.UTF8.GetBytes($"{pmid} 1 {title}");
            var payload = await archive.KeepAsync(new RawAnswer(Name, "efetch", $"id={pmid}", 200, line), cancellationToken);
            yield return new GivenRecord(
                title == Unreadable
                    ? new UnreadableRecord(id, "The title is a question mark.", 0, line)
                    : new ReadRecord(new Publication { Pmid = pmid, Title = title }, ContentHash.Of(line), 0, line),
                payload);
        }
    }

    public static RecordId IdOf(long pmid) => RecordId.TryParse($"pmid:{pmid}", out var id) ? id : throw new ArgumentOutOfRangeException(nameof(pmid));
}
