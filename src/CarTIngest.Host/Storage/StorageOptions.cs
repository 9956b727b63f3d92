namespace CarTIngest.Host.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Sqlite | PostgreSql.</summary>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    public string ConnectionString { get; init; } = "Data Source=cartingest.db";
}

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}
