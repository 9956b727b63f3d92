using Microsoft.Data.Sqlite;
using Npgsql;

namespace CarTIngest.Host.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Sqlite | PostgreSql.</summary>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cartingest.db";

    /// <summary>What opens SQLite's file, whatever signs its path holds.</summary>
    public static string ConnectionTo(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

    /// <summary>
    /// What opens PostgreSQL. The server is told to give up a session that vanished with its machine within a minute, and one that stands still in a transaction within five: its locks, the lease's row
    /// among them, would hold up everybody else for hours. Options of one's own in the connection string are left alone.
    /// </summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public string ToServer()
    {
        var server = new NpgsqlConnectionStringBuilder(ConnectionString);
        if (string.IsNullOrEmpty(server.Options))
        {
            server.Options = "-c idle_in_transaction_session_timeout=300000 -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";
        }

        return server.ConnectionString;
    }

    /// <summary>No secret is ever written by mistake.</summary>
    public override string ToString() => $"{Provider}";

    /// <summary>SQLite's file, as it is named; null where there is none: on PostgreSQL, in memory, by a URI.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public string? FileOfSqlite() =>
        Provider == StorageProvider.Sqlite && new SqliteConnectionStringBuilder(ConnectionString) is { Mode: not SqliteOpenMode.Memory, DataSource: { Length: > 0 } file }
            && file != ":memory:" && !file.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? file
            : null;

    /// <summary>Any number can be read as a provider.</summary>
    public IReadOnlyList<string> Faults() => Enum.IsDefined(Provider) ? [] : [$"Storage:Provider is {Provider}; it may be Sqlite or PostgreSql."];
}

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}
