using System.Runtime.CompilerServices;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A source that announces and gives whole records. Its stamp for each is the hash of what it says.</summary>
internal sealed class RecordSource(string name) : ISource
{
    public string Name { get; } = name;

    public string ReaderVersion => "records/1";

    public IReadOnlyList<SearchArm> Arms => [new SearchArm(Name, "A", "All of it", new Dictionary<string, string> { ["term"] = "everything" })];

    public IReadOnlyList<SearchArm> ArmsFor(KnownStudies known) => [];

    /// <summary>It gives the same whatever it is asked.</summary>
    public ISource Searching(IReadOnlyList<SearchArm> arms) => this;

    public RereadPolicy Reread => new(30, AllAtOnce: false);

    public string DataVersion { get; set; } = "day 1";

    /// <summary>In the order in which the source lists and gives them.</summary>
    public List<SourceRecord> Gives { get; } = [];

    public Task<string> DataVersionAsync(IRawArchive archive, CancellationToken cancellationToken) => Task.FromResult(DataVersion);

    public Task<SourceCensus> TakeCensusAsync(CensusWindow? window, IRawArchive archive, CancellationToken cancellationToken)
    {
        var ids = Gives.ToDictionary(record => record.Id, record => ContentHash.Of(Bytes(record)).Hex);
        return Task.FromResult(new SourceCensus(DataVersion, DataVersion, [new ArmCensus(Arms[0], "everything", ids.Count, ids, null, [], null)], new HashSet<RecordId>()));
    }

    public async IAsyncEnumerable<FetchedRecord> FetchAsync(IReadOnlyList<RecordId> ids, IRawArchive archive, DriftTally drift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in Gives.Where(record => ids.Contains(record.Id)))
        {
            var bytes = Bytes(record);
            yield return new GivenRecord(new ReadRecord(record, ContentHash.Of(bytes), 0, bytes), await archive.KeepAsync(new RawAnswer(Name, "efetch", record.Id.Text, 200, bytes), cancellationToken));
        }
    }

    private static byte[] Bytes(SourceRecord record) => Encoding.UTF8.GetBytes(RecordJson.Write(record));
}
