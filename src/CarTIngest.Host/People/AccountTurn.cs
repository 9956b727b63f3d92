using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CarTIngest.Host.People;

/// <summary>One at a time changes who may do what: of two operators who take each other's role away, one comes second and is refused.</summary>
internal static class AccountTurn
{
    /// <summary>PostgreSQL's name for the turn: any number that nobody else in this database uses.</summary>
    private const long Turn = 0x43_61_72_54_50_65_6F;

    public static async Task<IDbContextTransaction> BeginAsync(StoreContext store, CancellationToken cancellationToken)
    {
        // SQLite lets one in here and has the others wait.
        var turn = await store.Database.BeginTransactionAsync(cancellationToken);
        if (store is PostgreSqlStore)
        {
            await store.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
        }

        return turn;
    }
}
