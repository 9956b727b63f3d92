using CarTIngest.Host.Storage.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CarTIngest.Host.Storage;

/// <summary>Opens the store that the settings name. Each opening is its own unit of work; dispose it.</summary>
/// <param name="more">What is added to the options of every opening, such as an interceptor; nothing in the service.</param>
public sealed class StoreFactory(StorageOptions options, Action<DbContextOptionsBuilder>? more = null)
{
    private readonly Func<StoreContext> open = Opening(options, more);

    public StorageProvider Provider { get; } = options.Provider;

    public StoreContext Open() => open();

    /// <summary>Creates the store or brings its schema up to date; says which migrations it applied.</summary>
    /// <exception cref="StoreUnusableException">The database cannot be opened, or was written by a newer version.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        MakePlace();
        await using var store = Open();
        try
        {
            if (Newer(store, await store.Database.GetAppliedMigrationsAsync(cancellationToken)) is { } newer)
            {
                throw new StoreUnusableException(newer);
            }

            // Who has nothing to do takes no turn: a night may be writing.
            IReadOnlyList<string> applied = (await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any() ? await SchemaUpgrade.RunAsync(store, cancellationToken) : [];
            if (Provider == StorageProvider.Sqlite)
            {
                // Readers go on while the one writer writes; the mode stays with the file.
                await store.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
            }

            return applied;
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or ArgumentException && IsOfSettings(failure))
        {
            throw new StoreUnusableException($"The store cannot be opened ({options.Provider}): {failure.Message} See Storage:Provider and Storage:ConnectionString, or --store FOLDER.", failure);
        }
    }

    /// <summary>A database that is away or busy now may be there in a minute: whoever started us is to start us again, which settings that are wrong do not deserve.</summary>
    private static bool IsOfSettings(Exception failure) => !StoreFailure.IsDamage(failure) && !(failure is System.Data.Common.DbException of && StoreFailure.IsAbsence(of));

    /// <summary>Says that a newer version has upgraded the store meanwhile, so that this one may not write to it any more; null while it may.</summary>
    public string? SaysIfNewer()
    {
        using var store = Open();
        return Newer(store, store.Database.GetAppliedMigrations());
    }

    private static string? Newer(StoreContext store, IEnumerable<string> applied) => applied.Except(store.Database.GetMigrations(), StringComparer.Ordinal).ToList() is { Count: > 0 } unknown
        ? $"The store was written by a newer version of CarTIngest (it has {string.Join(", ", unknown)}). Run that version, or restore a backup that this one wrote."
        : null;

    /// <summary>Pooled: to make a context anew costs as much as many a statement.</summary>
    private static Func<StoreContext> Opening(StorageOptions options, Action<DbContextOptionsBuilder>? more)
    {
        switch (options.Provider)
        {
            case StorageProvider.Sqlite:
                return Ready(new DbContextOptionsBuilder<SqliteStore>().UseSqlite(options.ConnectionString), more).CreateDbContext;
            case StorageProvider.PostgreSql:
                return Ready(new DbContextOptionsBuilder<PostgreSqlStore>().UseNpgsql(options.ToServer()), more).CreateDbContext;
            default:
                return () => throw new StoreUnusableException($"Storage:Provider is {options.Provider}; it may be Sqlite or PostgreSql.");
        }
    }

    /// <summary>Migrations run in a transaction of our own, which EF Core takes for a mistake unless it is told.</summary>
    private static PooledDbContextFactory<T> Ready<T>(DbContextOptionsBuilder<T> builder, Action<DbContextOptionsBuilder>? more)
        where T : StoreContext
    {
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning));
        more?.Invoke(builder);
        return new PooledDbContextFactory<T>(builder.Options);
    }

    /// <summary>Only what creates a store makes its folder and, empty, its file; who merely looks leaves nothing behind.</summary>
    private void MakePlace()
    {
        try
        {
            if (options.FileOfSqlite() is not { } file)
            {
                return;
            }

            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            if (!OperatingSystem.IsWindows() && !File.Exists(file) && new SqliteConnectionStringBuilder(options.ConnectionString).Mode == SqliteOpenMode.ReadWriteCreate)
            {
                // It holds hashes of passwords: nobody but its owner reads it, nor the files that SQLite lays beside it, which take their rights from it.
                new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreUnusableException($"The store's place cannot be made: {failure.Message} See --store FOLDER or Storage:ConnectionString.", failure);
        }
    }

    /// <summary>Refuses a store that does not exist or whose schema is of another version, rather than creating an empty one that would answer "nothing".</summary>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await using var store = Open();
        try
        {
            if (!await store.Database.CanConnectAsync(cancellationToken))
            {
                if (Provider == StorageProvider.PostgreSql)
                {
                    // Says why: refused, no such database, a wrong password.
                    await store.Database.OpenConnectionAsync(cancellationToken);
                }

                throw new StoreUnusableException("There is no store yet. `cartingest run`, `import` or `migrate` creates one; --store FOLDER names another.");
            }

            if ((await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                throw new StoreUnusableException("The store is of an older version. `cartingest migrate` brings it up to date.");
            }
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or ArgumentException && IsOfSettings(failure))
        {
            throw new StoreUnusableException($"The store cannot be opened ({options.Provider}): {failure.Message}", failure);
        }
    }
}

/// <summary>The store cannot be used as the settings name it.</summary>
public sealed class StoreUnusableException(string says, Exception? inner = null) : Exception(says, inner);
