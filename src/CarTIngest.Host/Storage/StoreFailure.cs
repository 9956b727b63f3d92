using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CarTIngest.Host.Storage;

/// <summary>Tells a database that failed (gone away, restarted, full, locked) from a mistake of ours, whatever the failure is wrapped in.</summary>
public static class StoreFailure
{
    /// <summary>SQLite's result codes for what its file or disk does: busy, locked, read-only, I/O, full, cannot be opened.</summary>
    private static readonly int[] OfSqlite = [5, 6, 8, 10, 13, 14];

    /// <summary>PostgreSQL's classes: connection, resources (disk full, too many connections), operator intervention (a shutdown, a crash), system.</summary>
    private static readonly string[] OfPostgreSql = ["08", "53", "57P", "58"];

    /// <summary>What the database said, in one sentence; null when the failure is none of the database's.</summary>
    public static string? Says(Exception failure) => WithCauses(failure).OfType<DbException>().FirstOrDefault(IsOfTheWorld) is { } said
        ? $"{said.Message.TrimEnd('.')}{(said.InnerException is { } cause ? $" ({cause.Message.TrimEnd('.')})" : "")}."
        : null;

    /// <summary>Whether the failure says nothing of what the database holds: it is not there, or others hold it.</summary>
    public static bool IsAbsence(DbException failure) => failure switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => true,
        PostgresException answered => IsOfTheWorld(answered) && !answered.SqlState.StartsWith("58", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>Whether the database finds itself damaged.</summary>
    public static bool IsDamage(Exception failure) =>
        WithCauses(failure).Any(inner => inner is SqliteException { SqliteErrorCode: 11 } or PostgresException { SqlState: "XX001" or "XX002" });

    private static IEnumerable<Exception> WithCauses(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }

    private static bool IsOfTheWorld(DbException failure) => failure switch
    {
        SqliteException sqlite => OfSqlite.Contains(sqlite.SqliteErrorCode),
        PostgresException answered => OfPostgreSql.Any(kind => answered.SqlState.StartsWith(kind, StringComparison.Ordinal)),
        // No answer of the server: the connection broke, or there is none to be had.
        NpgsqlException => true,
        _ => false,
    };
}
