using Microsoft.Data.Sqlite;

namespace CarTIngest.Host.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Sqlite | PostgreSql.</summary>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cartingest.db";

    /// <summary>SQLite's file; null on PostgreSQL.</summary>
    public string? File => Provider == StorageProvider.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;
}

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}
