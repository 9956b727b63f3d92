using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace CarTIngest.Host.Storage;

/// <summary>Many rows into one table of PostgreSQL by its binary COPY, part of the caller's transaction.</summary>
internal static class BinaryCopy
{
    /// <exception cref="PostgresException">A row is not accepted; none of them is in then.</exception>
    public static async Task WriteAsync<T>(PostgreSqlStore to, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var entity = to.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is no table.", nameof(rows));
        var columns = entity.GetProperties().ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        var connection = (NpgsqlConnection)to.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{entity.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                await WriteAsync(copy, column, column.GetGetter().GetClrValue(row), cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, IProperty column, object? value, CancellationToken cancellationToken)
    {
        var mapping = column.GetRelationalTypeMapping();
        return value is null
            ? copy.WriteNullAsync(cancellationToken)
            : copy.WriteAsync(mapping.Converter?.ConvertToProvider(value) ?? value, mapping.StoreTypeNameBase, cancellationToken);
    }
}
