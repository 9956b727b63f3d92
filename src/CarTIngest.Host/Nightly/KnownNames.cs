using System.Collections.Concurrent;
using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Host.Nightly;

/// <summary>The products and antigens that records name, kept from night to night: to read all texts again for a few new ones is most of what matching costs.</summary>
internal sealed class KnownNames
{
    private readonly ConcurrentDictionary<RecordId, (string Rulebook, int Revision, IReadOnlySet<string> Names)> known = new();

    public IReadOnlySet<string> Of(Rulebook rulebook, SourceRecord record, int revision) =>
        known.AddOrUpdate(record.Id, _ => (rulebook.Hash, revision, rulebook.NamesIn(record)), (_, before) => before.Rulebook == rulebook.Hash && before.Revision == revision ? before : (rulebook.Hash, revision, rulebook.NamesIn(record))).Names;
}
