using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CarTIngest.Host.Storage;

/// <summary>Lets <c>dotnet ef</c> make migrations without a database.</summary>
internal sealed class SqliteAtDesignTime : IDesignTimeDbContextFactory<SqliteStore>
{
    public SqliteStore CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteStore>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgreSqlAtDesignTime : IDesignTimeDbContextFactory<PostgreSqlStore>
{
    public PostgreSqlStore CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgreSqlStore>().UseNpgsql("Host=design.invalid").Options);
}
