using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Every record's revisions in their order: none is missing, each line can be read, and what is called changed is the difference to the one before.</summary>
internal sealed class IntegrityOfRevisions(List<string> faults)
{
    public List<IntegrityMark> Marks { get; } = [];

    /// <summary>By record.</summary>
    public Dictionary<string, IntegrityMark> Newest { get; } = new(StringComparer.Ordinal);

    public async Task CheckAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var changes = await ChangesAsync(store, cancellationToken);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        SourceRecord? before = null;
        var revisions = store.Revisions.AsNoTracking().OrderBy(revision => revision.RecordId).ThenBy(revision => revision.Number);
        await foreach (var revision in revisions.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var record = IntegrityDamage.RecordOf(revision.Body);
            var mark = MarkOf(revision, record, Once(known, revision.PayloadHash));
            if (record is null || record.Id.Text != revision.RecordId)
            {
                faults.Add($"{mark.Name}: its line is no line of it.");
            }

            var follows = revision.Number == (Newest.GetValueOrDefault(revision.RecordId)?.Number ?? 0) + 1;
            if (!follows)
            {
                faults.Add($"{revision.RecordId}: a revision is missing before {revision.Number}.");
            }

            changes.Remove((revision.RecordId, revision.Number), out var told);
            CheckChanges(mark, revision.Number == 1 ? null : before, record, told ?? [], follows);
            Marks.Add(mark);
            (Newest[revision.RecordId], before) = (mark, record);
        }

        faults.AddRange(changes.Keys.Select(orphan => $"{orphan.Record}, revision {orphan.Number}: there are changes and no such revision."));
    }

    private void CheckChanges(IntegrityMark mark, SourceRecord? before, SourceRecord? now, List<string> told, bool follows)
    {
        if (mark.Number > 1 && (before is null || now is null || !follows))
        {
            // Without both lines there is no difference; that one is missing is said already.
            return;
        }

        var expected = before is null || now is null ? [] : RecordDiff.Between(before, now).Select(change => Digest(change.Field, change.From, change.To));
        if (!told.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            faults.Add($"{mark.Name}: its changes are not its difference to the revision before.");
        }
    }

    private static async Task<Dictionary<(string Record, int Number), List<string>>> ChangesAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<(string, int), List<string>>();
        await foreach (var change in store.Changes.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!changes.TryGetValue((change.RecordId, change.Revision), out var told))
            {
                changes[(change.RecordId, change.Revision)] = told = [];
            }

            told.Add(Digest(change.Field, change.From, change.To));
        }

        return changes;
    }

    private static string Digest(string field, string? from, string? to) =>
        $"{field} {ContentHash.Of(System.Text.Encoding.UTF8.GetBytes($"{from ?? "\u0001"}\0{to ?? "\u0001"}"))}";

    private static IntegrityMark MarkOf(Revision revision, SourceRecord? record, string payload) => new(
        revision.RecordId,
        revision.Number,
        revision.ContentHash,
        payload,
        revision.Offset,
        revision.Length,
        revision.ReaderVersion,
        record is null ? null : IntegrityMark.LineOf(record),
        IntegrityMark.VersionOf(record));

    /// <summary>Many revisions share a payload; its name is kept once.</summary>
    private static string Once(Dictionary<string, string> known, string text) => known.TryGetValue(text, out var first) ? first : known[text] = text;
}
