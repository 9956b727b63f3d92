using System.Data;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using CarTIngest.Sources;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// The whole store into one SQLite file and back, from and to either database. A copy is taken from one moment, while others go on writing, and is
/// compared with what it was taken from before anybody is told that it exists.
/// </summary>
/// <param name="read">Null: what is copied is compared and not read again.</param>
public sealed class StoreCopy(StoreFactory stores, StoredRecordReader? read = null)
{
    private const int RowsAtOnce = 200;

    /// <returns>The state that the copy holds.</returns>
    /// <exception cref="StoreUnusableException">There is a file already, or it cannot be written.</exception>
    /// <exception cref="StoreDamagedException">The copy does not hold what the store holds.</exception>
    public async Task<string> BackUpAsync(string file, CancellationToken cancellationToken)
    {
        if (Path.Exists(file))
        {
            throw new StoreUnusableException($"{file} exists; a backup never overwrites. Name another file.");
        }

        var unfinished = $"{file}.unfinished";
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException($"{file} cannot be written: {trouble.Message}", trouble);
        }

        var copy = FileStore(unfinished);
        await MigrateAsync(copy, cancellationToken);
        string held;
        await using (var from = stores.Open())
        await using (var moment = await from.Database.BeginTransactionAsync(Integrity.MomentOf(stores.Provider), cancellationToken))
        await using (var to = copy.Open())
        {
            held = await IntegrityState.OfAsync(from, cancellationToken);
            await CopyAsync(from, to, cancellationToken);
        }

        var state = await WholeStateAsync(copy, cancellationToken);
        if (state != held)
        {
            throw new StoreDamagedException($"The store holds {held} and the copy {state}.");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Move(unfinished, file);
        return state;
    }

    /// <returns>The state that the store holds now.</returns>
    /// <exception cref="StoreUnusableException">The file is no backup, or the store holds something already.</exception>
    /// <exception cref="StoreDamagedException">The backup is damaged; the store is left empty.</exception>
    public async Task<string> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new StoreUnusableException($"There is no file {file}.");
        }

        // An older backup is brought up to date as a copy; the file itself is never written.
        var work = $"{Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}.db";
        try
        {
            File.Copy(file, work);
            var backup = FileStore(work);
            await MigrateAsync(backup, cancellationToken);
            var state = await WholeStateAsync(backup, cancellationToken);
            await stores.MigrateAsync(cancellationToken);
            await using var from = backup.Open();
            await using var to = stores.Open();
            if (await to.Runs.AnyAsync(cancellationToken) || await to.Records.AnyAsync(cancellationToken) || await to.Decisions.AnyAsync(cancellationToken) || await to.Bases.AnyAsync(cancellationToken) || await to.Accounts.AnyAsync(cancellationToken))
            {
                throw new StoreUnusableException("The store holds records, decisions or accounts already. Restore goes into an empty one: move the old one away, or name another with --store FOLDER.");
            }

            await using var whole = await to.Database.BeginTransactionAsync(cancellationToken);
            await CopyAsync(from, to, cancellationToken);
            await AdvanceNumbersAsync(to, cancellationToken);
            await OutboxMoves.HoldRestoredAsync(to, cancellationToken);
            await whole.CommitAsync(cancellationToken);
            var restored = await WholeStateAsync(stores, cancellationToken);
            return restored == state ? state : throw new StoreDamagedException($"The backup holds {state} and the store {restored} after the restore.");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            File.Delete(work);
        }
    }

    private static StoreFactory FileStore(string file) => new(new StorageOptions { Provider = StorageProvider.Sqlite, ConnectionString = StorageOptions.ConnectionTo(file) });

    /// <summary>One file when it is done: no write-ahead log beside it.</summary>
    private static async Task MigrateAsync(StoreFactory copy, CancellationToken cancellationToken)
    {
        await copy.MigrateAsync(cancellationToken);
        await using var store = copy.Open();
        await store.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=DELETE;", cancellationToken);
    }

    private async Task<string> WholeStateAsync(StoreFactory copy, CancellationToken cancellationToken)
    {
        var report = await new Integrity(copy, read).VerifyAsync(cancellationToken);
        return report.Whole ? report.State : throw new StoreDamagedException(string.Join(" ", report.Faults));
    }

    /// <summary>Every table but the leases, which belong to processes, and the code of the first set-up.</summary>
    private static async Task CopyAsync(StoreContext from, StoreContext to, CancellationToken cancellationToken)
    {
        await CopyAsync<Payload>(from, to, cancellationToken);
        await CopyAsync<StoredAnswer>(from, to, cancellationToken);
        await CopyAsync<HeldRecord>(from, to, cancellationToken);
        await CopyAsync<Revision>(from, to, cancellationToken);
        await CopyAsync<Change>(from, to, cancellationToken);
        await CopyAsync<QuarantineEntry>(from, to, cancellationToken);
        await CopyAsync<Run>(from, to, cancellationToken);
        await CopyAsync<RunSource>(from, to, cancellationToken);
        await CopyAsync<RunArm>(from, to, cancellationToken);
        await CopyAsync<RunNamed>(from, to, cancellationToken);
        await CopyAsync<Watermark>(from, to, cancellationToken);
        await CopyAsync<UsedRulebook>(from, to, cancellationToken);
        await CopyAsync<HeldJudgement>(from, to, cancellationToken);
        await CopyAsync<StudyMember>(from, to, cancellationToken);
        await CopyAsync<ArmMatch>(from, to, cancellationToken);
        await CopyAsync<LostReport>(from, to, cancellationToken);
        await CopyAsync<UsedStrategy>(from, to, cancellationToken);
        await CopyAsync<Decision>(from, to, cancellationToken);
        await CopyAsync<ChainHead>(from, to, cancellationToken);
        await CopyAsync<QueuedStudy>(from, to, cancellationToken);
        await CopyAsync<StudyOutside>(from, to, cancellationToken);
        await CopyAsync<AskedTask>(from, to, cancellationToken);
        await CopyAsync<HeldBase>(from, to, cancellationToken);
        await CopyAsync<HeldBaseRow>(from, to, cancellationToken);
        await CopyAsync<Account>(from, to, cancellationToken);
        await CopyAsync<IdentityUserClaim<long>>(from, to, cancellationToken);
        await CopyAsync<IdentityUserLogin<long>>(from, to, cancellationToken);
        await CopyAsync<IdentityUserToken<long>>(from, to, cancellationToken);
        await CopyAsync<DataProtectionKey>(from, to, cancellationToken);
        await CopyAsync<OutboxMessage>(from, to, cancellationToken);
        await CopyAsync<DigestMark>(from, to, cancellationToken);
        await CopyAsync<Alarm>(from, to, cancellationToken);
    }

    private static async Task CopyAsync<T>(StoreContext from, StoreContext to, CancellationToken cancellationToken)
        where T : class
    {
        var rows = from.Set<T>().AsNoTracking().AsAsyncEnumerable();
        if (to is PostgreSqlStore postgres)
        {
            await BinaryCopy.WriteAsync(postgres, rows, cancellationToken);
            return;
        }

        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            to.Add(row);
            if (to.ChangeTracker.Entries().Count() == RowsAtOnce)
            {
                await to.SaveAndForgetAsync(cancellationToken);
            }
        }

        await to.SaveAndForgetAsync(cancellationToken);
    }

    /// <summary>PostgreSQL counts on from its own sequence, which rows with a given number do not move.</summary>
    private static async Task AdvanceNumbersAsync(StoreContext to, CancellationToken cancellationToken)
    {
        if (to is not PostgreSqlStore)
        {
            return;
        }

        foreach (var table in (string[])["Answers", "Changes", "Quarantine", "Runs", "Rulebooks", "Judgements", "Members", "Matches", "Losses", "Strategies", "Tasks", "Accounts", "AccountClaims", "DataProtectionKeys", "Outbox", "Alarms"])
        {
            var advance = $"""SELECT setval(pg_get_serial_sequence('"{table}"', 'Id'), coalesce((SELECT max("Id") FROM "{table}"), 0) + 1, false)""";
            await to.Database.ExecuteSqlRawAsync(advance, cancellationToken);
        }
    }
}
