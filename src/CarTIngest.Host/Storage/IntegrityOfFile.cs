using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What SQLite says of its own file. PostgreSQL keeps its files itself and says nothing here.</summary>
internal static class IntegrityOfFile
{
    public static async Task<IReadOnlyList<string>> FaultsAsync(StoreFactory stores, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        if (stores.Provider != StorageProvider.Sqlite || !await store.Database.CanConnectAsync(cancellationToken))
        {
            return [];
        }

        try
        {
            var says = await store.Database.SqlQueryRaw<string>("PRAGMA integrity_check(100);").ToListAsync(cancellationToken);
            return says is ["ok"] ? [] : [.. says.Select(line => $"SQLite says of its file: {line.ReplaceLineEndings(" ")}")];
        }
        catch (DbException damage)
        {
            return [$"SQLite cannot read its file: {damage.Message}"];
        }
    }
}
