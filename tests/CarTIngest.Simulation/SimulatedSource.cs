using System.Runtime.CompilerServices;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Simulation;

/// <summary>One actor's way to a source: tells the truth of the day, as far as the night's trouble lets it.</summary>
internal sealed class SimulatedSource(SourceTruth truth, Trouble trouble, Dice dice, Actor actor, Journal journal) : ISource
{
    private const int IdsPerRequest = 20;

    private int requests;

    public string Name => truth.Name;

    public string ReaderVersion => RecordLine.ReaderVersion;

    public IReadOnlyList<SearchArm> Arms => [.. truth.Arms.Select(arm => new SearchArm(Name, arm, arm, new Dictionary<string, string>()))];

    public IReadOnlyList<SearchArm> ArmsFor(KnownStudies known) => [];

    /// <summary>Its arms have no text: there are no others to ask.</summary>
    public ISource Searching(IReadOnlyList<SearchArm> arms) => this;

    public RereadPolicy Reread => truth.Reread;

    public Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken) => Task.FromResult(truth.DataVersion);

    public async Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken)
    {
        var before = truth.DataVersion;
        var arms = new List<ArmCensus>();
        foreach (var (index, arm) in truth.Arms.Index())
        {
            await RequestAsync($"census {arm}", cancellationToken);
            var ids = truth.Records.Values.Where(record => truth.Announces(record, index)).Where(_ => !IsSwallowed()).ToDictionary(record => record.Id, record => record.Stamp);
            await archive.KeepAsync(new RawAnswer(Name, "census", $"arm={arm}", 200, Encoding.ASCII.GetBytes(string.Join(' ', ids.Keys))), cancellationToken);
            var cut = trouble.UnprovenArm == index && ids.Count > 0;
            var count = ids.Count;
            if (cut)
            {
                ids.Remove(dice.Pick([.. ids.Keys]));
            }

            arms.Add(new ArmCensus(
                Arms[index], truth.Strategy, count, ids, null, [], cut || before != truth.DataVersion ? $"{count} counted, {ids.Count} listed." : null));
        }

        var touched = truth.Records.Values.Where(record => Name == "pubmed" && window is not null && record.Changed >= window.ChangedFrom && record.Changed <= window.ChangedTo).Select(record => record.Id).ToHashSet();
        var census = new SourceCensus(before, truth.DataVersion, arms, touched);
        journal.Censuses.Add(census);
        return census;
    }

    public async IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        journal.Asked.UnionWith(ids);
        var announced = journal.Censuses[^1].Announced;
        foreach (var chunk in ids.Chunk(IdsPerRequest))
        {
            await RequestAsync("fetch", cancellationToken);
            var given = chunk.Where(id => !announced.ContainsKey(id) || !IsLeftOut()).SelectMany(Known).ToList();
            var payload = await archive.KeepAsync(new RawAnswer(Name, "fetch", string.Join(',', chunk), 200, given.SelectMany(piece => piece.Line ?? []).ToArray()), cancellationToken);
            long offset = 0;
            foreach (var (asked, into, line) in given)
            {
                if (line is null)
                {
                    journal.NotGiven[asked] = into;
                    yield return new NotGivenRecord(asked, $"{asked} was asked for by itself and not given.", into);
                    continue;
                }

                var reading = RecordLine.Read(line, offset);
                offset += line.Length;
                Note(reading);
                yield return new GivenRecord(reading, payload);
            }
        }
    }

    /// <summary>What an id asked for brings: itself, a refusal, or a refusal and the record under which it goes on.</summary>
    private IEnumerable<Piece> Known(RecordId id)
    {
        var record = truth.Records[id];
        if (record.Given)
        {
            yield return new Piece(id, null, record.Line);
            if (trouble.RepeatsOneIn is { } many && dice.OneIn(many))
            {
                yield return new Piece(id, null, record.Line);
            }

            yield break;
        }

        yield return new Piece(id, record.MergedInto, null);
        if (record.MergedInto is { } into && truth.Records[into].Given)
        {
            yield return new Piece(id, null, truth.Records[into].Line);
        }
    }

    private void Note(Reading reading)
    {
        if (reading is ReadRecord read)
        {
            journal.Given[read.Record.Id] = read.Hash.Hex;
        }
        else if (reading is UnreadableRecord { Id: { } id })
        {
            journal.Unreadable.Add(id);
        }
    }

    private async Task RequestAsync(string what, CancellationToken cancellationToken)
    {
        await actor.StepAsync(StepKind.Request, $"{Name} {what}");
        cancellationToken.ThrowIfCancellationRequested();
        if (requests++ == trouble.DownAt)
        {
            journal.Failed = true;
            throw new SourceDownException(Name, "It stopped answering.");
        }
    }

    private bool IsSwallowed() => journal.Censuses.Count < trouble.ShrunkTimes && dice.Below(100) < trouble.ShrunkPercent;

    private bool IsLeftOut() => trouble.LeavesOutOneIn is { } many && dice.OneIn(many);

    /// <param name="Line">Null where the source refuses.</param>
    private sealed record Piece(RecordId Asked, RecordId? Into, byte[]? Line);
}
