using Microsoft.Data.Sqlite;

namespace CarTIngest.Host.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Sqlite | PostgreSql.</summary>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cartingest.db";

    /// <summary>What opens SQLite's file, whatever signs its path holds.</summary>
    public static string ConnectionTo(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

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
