using System.Data.Common;
using CarTIngest.Host.Storage;
using CarTIngest.Tests.Host.Nightly;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CarTIngest.Tests.Host.Storage;

public sealed class StoreFailureTests
{
    public static TheoryData<Exception> OfTheWorld =>
    [
        new SqliteException("database or disk is full", 13),
        new SqliteException("database is locked", 5),
        new NpgsqlException("Exception while reading from stream", new EndOfStreamException("Attempted to read past the end of the stream.")),
        new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", "57P01"),
        new PostgresException("could not extend file: No space left on device", "ERROR", "ERROR", "53100"),
    ];

    public static TheoryData<Exception> Mistakes =>
    [
        new SqliteException("UNIQUE constraint failed", 19),
        new SqliteException("no such column", 1),
        new PostgresException("duplicate key value", "ERROR", "ERROR", "23505"),
        new PostgresException("canceling statement due to user request", "ERROR", "ERROR", "57014"),
        new InvalidOperationException("A bug."),
    ];

    [Theory]
    [MemberData(nameof(OfTheWorld))]
    public void Says_in_a_sentence_what_the_database_said_however_it_is_wrapped(Exception failure)
    {
        var says = StoreFailure.Says(new InvalidOperationException("It may help to try again.", new DbUpdateException("It was not saved.", failure)));

        Assert.Contains(failure.Message, says, StringComparison.Ordinal);
        Assert.EndsWith(".", says, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_of_ours_is_no_failure_of_the_store(Exception mistake) => Assert.Null(StoreFailure.Says(new DbUpdateException("It was not saved.", mistake)));

    [SkippableFact]
    public async Task A_session_that_the_server_ends_is_told_as_the_stores_failure()
    {
        using var store = new TestStore(StorageProvider.PostgreSql);
        await store.Stores.MigrateAsync(CancellationToken.None);
        await using var victim = store.Stores.Open();
        await using var transaction = await victim.Database.BeginTransactionAsync();
        var session = await victim.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync();
        await using (var other = store.Stores.Open())
        {
            await other.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend({session})");
        }

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => victim.Runs.CountAsync());

        Assert.NotNull(StoreFailure.Says(failure));
    }

    [Fact]
    public async Task A_night_whose_store_fails_ends_at_once_and_the_next_tells_what_it_left()
    {
        var full = new FullDisk();
        using var nights = new Nights([new ScriptedSource("pubmed")], builder => builder.AddInterceptors(full));
        nights.Source.Give(1, "one");
        nights.Source.BeforeCensus = censuses => full.IsFull = censuses == 0;

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => nights.NextAsync());
        full.IsFull = false;
        var next = await nights.NextAsync();

        Assert.Equal("database or disk is full.", StoreFailure.Says(failure));
        Assert.Equal(["pmid:1"], next.Sources[0].Named.New.Select(id => id.Text));
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    private sealed class FullDisk : DbCommandInterceptor
    {
        public bool IsFull { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            IsFull ? throw new SqliteException("database or disk is full", 13) : new(result);
    }
}
