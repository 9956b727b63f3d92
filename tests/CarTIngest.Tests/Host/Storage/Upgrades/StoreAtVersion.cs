using System.Data.Common;
using System.Globalization;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CarTIngest.Tests.Host.Storage.Upgrades;

/// <summary>A store of an earlier version with a row in each of its tables; its schema and its rows as text, to be held against another's.</summary>
internal sealed class StoreAtVersion : IDisposable
{
    private readonly TestStore store;

    private StoreAtVersion(StorageProvider provider) => store = new TestStore(provider, empty: true);

    /// <param name="version">A migration's id; null for a store that does not exist yet.</param>
    public static async Task<StoreAtVersion> MakeAsync(StorageProvider provider, string? version)
    {
        var made = new StoreAtVersion(provider);
        if (version is not null)
        {
            await using var context = made.Upgrading().Open();
            await context.GetService<IMigrator>().MigrateAsync(version);
            await made.FillAsync(context);
        }

        return made;
    }

    /// <summary>The factory of a product that has one version more, in a process that may die.</summary>
    public StoreFactory Upgrading(DyingAt? process = null) => new(store.Options, builder =>
    {
        builder.ReplaceService<IMigrationsAssembly, WithLaterVersion>();
        if (process is not null)
        {
            builder.AddInterceptors(process.Interceptors);
        }
    });

    /// <summary>Every table, column, key and index.</summary>
    public async Task<IReadOnlyList<string>> SchemaAsync()
    {
        await using var context = Upgrading().Open();
        return await RowsAsync(context, store.Options.Provider == StorageProvider.Sqlite
            ? "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
            : """
              SELECT concat_ws(' ', 'column', table_name, ordinal_position, column_name, data_type, is_nullable, column_default, is_identity, collation_name) FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              ORDER BY 1
              """);
    }

    /// <summary>Every row by its table, without the history of migrations.</summary>
    public async Task<IReadOnlyList<string>> DataAsync()
    {
        await using var context = Upgrading().Open();
        var data = new List<string>();
        foreach (var table in (await ColumnsAsync(context)).Keys)
        {
            data.AddRange((await RowsAsync(context, $"SELECT * FROM \"{table}\" ORDER BY 1")).Select(row => $"{table}: {row}"));
        }

        return data;
    }

    public void Dispose() => store.Dispose();

    private async Task FillAsync(StoreContext context)
    {
        foreach (var (table, columns) in await ColumnsAsync(context))
        {
            var insert = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", columns.Select(column => ValueOf(column.Type)))})";
            await context.Database.ExecuteSqlRawAsync(insert.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }

        if (store.Options.Provider == StorageProvider.Sqlite)
        {
            // What EF Core leaves when it is killed in a migration of its own.
            await context.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-03-01')");
        }
    }

    private async Task<SortedDictionary<string, List<(string Name, string Type)>>> ColumnsAsync(StoreContext context)
    {
        var columns = await RowsAsync(context, store.Options.Provider == StorageProvider.Sqlite
            ? "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid"
            : "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position");
        var tables = new SortedDictionary<string, List<(string, string)>>(StringComparer.Ordinal);
        foreach (var parts in columns.Select(row => row.Split('|')).Where(parts => !parts[0].StartsWith("__EF", StringComparison.Ordinal)))
        {
            tables.TryAdd(parts[0], []);
            tables[parts[0]].Add((parts[1], parts[2]));
        }

        return tables;
    }

    private static string ValueOf(string type) => type switch
    {
        "text" or "character varying" => "'{\"kept\":1}'",
        "jsonb" => "'{\"kept\": 1}'",
        "bigint" or "integer" => "1",
        "boolean" => "true",
        "date" => "'2026-03-01'",
        "blob" => "x'01ff'",
        "bytea" => "'\\x01ff'",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Say what a column of this type is filled with."),
    };

    private static async Task<IReadOnlyList<string>> RowsAsync(StoreContext context, string sql)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => TextOf(reader, column))));
        }

        return rows;
    }

    private static string TextOf(DbDataReader reader, int column) =>
        reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "";
}
