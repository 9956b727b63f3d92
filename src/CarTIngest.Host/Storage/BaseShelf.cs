using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The review as published, in the store. Importing the same again changes nothing; a corrected file takes the place of its version.</summary>
public sealed class BaseShelf(StoreFactory stores, TimeProvider clock)
{
    /// <exception cref="LeaseLostException">Another process took over.</exception>
    public async Task<BaseImport> ImportAsync(BaseReview review, HeldLease lease, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await lease.GuardAsync(store, cancellationToken);
        var held = await OfVersionAsync(store, review.Version, cancellationToken);
        if (held is not null && Same(held, review))
        {
            return BaseImport.Unchanged;
        }

        await store.BaseRows.Where(row => row.Version == review.Version).ExecuteDeleteAsync(cancellationToken);
        var head = await store.Bases.SingleOrDefaultAsync(row => row.Version == review.Version, cancellationToken)
            ?? store.Bases.Add(new HeldBase { Version = review.Version, Doi = "", Searched = "", Studies = 0, ImportedAt = default }).Entity;
        (head.Doi, head.Searched, head.Studies, head.Patients, head.ImportedAt) = (review.Doi, review.Searched.Text, review.Studies, review.Patients, clock.GetUtcNow());
        store.BaseRows.AddRange(review.Rows.Select(row => new HeldBaseRow
        {
            Version = review.Version,
            Line = row.Line,
            Study = row.Study,
            Records = string.Join(' ', row.Records.Select(id => id.Text)),
            Patients = row.Patients,
            Note = row.Note,
        }));
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return held is null ? BaseImport.New : BaseImport.Replaced;
    }

    /// <summary>The base review that was imported last; null without one.</summary>
    public static Task<BaseReview?> InForceAsync(StoreContext store, CancellationToken cancellationToken) => InForceAsync(store, asOf: null, cancellationToken);

    /// <summary>The one that was imported last until the end of that day, UTC.</summary>
    /// <param name="asOf">Null: now.</param>
    public static async Task<BaseReview?> InForceAsync(StoreContext store, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var end = asOf is { } day ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;
        var newest = await store.Bases.AsNoTracking().Where(row => row.ImportedAt < end).OrderByDescending(row => row.ImportedAt).ThenByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        return newest is null ? null : await OfVersionAsync(store, newest.Version, cancellationToken);
    }

    private static async Task<BaseReview?> OfVersionAsync(StoreContext store, string version, CancellationToken cancellationToken)
    {
        var head = await store.Bases.AsNoTracking().SingleOrDefaultAsync(row => row.Version == version, cancellationToken);
        if (head is null)
        {
            return null;
        }

        var rows = await store.BaseRows.AsNoTracking().Where(row => row.Version == version).OrderBy(row => row.Line).ToListAsync(cancellationToken);
        return new BaseReview(
            head.Version,
            head.Doi,
            PartialDate.TryParse(head.Searched, out var searched) ? searched : throw new StoreDamagedException($"The base review's search date is '{head.Searched}'."),
            head.Studies,
            head.Patients,
            [.. rows.Select(row => new IncludedRow(row.Line, row.Study, [.. row.Records.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(QueueBook.StoredId)], row.Patients, row.Note))]);
    }

    private static bool Same(BaseReview held, BaseReview given) =>
        held with { Rows = [] } == given with { Rows = [] } && held.Rows.Select(TextOf).SequenceEqual(given.Rows.Select(TextOf), StringComparer.Ordinal);

    private static string TextOf(IncludedRow row) => $"{row.Line}\0{row.Study}\0{string.Join(' ', row.Records)}\0{row.Patients}\0{row.Note}";
}

/// <summary>What importing a base review did.</summary>
public enum BaseImport
{
    New = 0,

    /// <summary>The version was held, and otherwise.</summary>
    Replaced = 1,

    Unchanged = 2,
}
