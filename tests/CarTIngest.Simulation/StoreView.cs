using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Simulation;

/// <summary>The store as the model looks at it: plain SQL on its own connection, none of the product's queries.</summary>
internal sealed class StoreView(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    public LeaseRow? Lease() => Rows("SELECT Holder, Token, Until FROM Leases", row => new LeaseRow(row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))).SingleOrDefault();

    public long LastRun() => Number("SELECT max(Id) FROM Runs");

    /// <summary>In the order of the runs.</summary>
    public List<(long Run, string Text)> Reports() => Rows("SELECT Id, Report FROM Runs WHERE Report IS NOT NULL ORDER BY Id", row => (row.GetInt64(0), row.GetString(1)));

    public SourceRow? LastSourceRow() => Rows(
        "SELECT s.RunId, s.Source, s.Complete, s.Sums, s.WatermarkAfter, r.Night FROM RunSources s JOIN Runs r ON r.Id = s.RunId ORDER BY s.rowid DESC LIMIT 1",
        row => new SourceRow(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.IsDBNull(4) ? null : DateOnly.Parse(row.GetString(4), null), DateOnly.Parse(row.GetString(5), null))).SingleOrDefault();

    public Dictionary<string, DateOnly> Watermarks() => Rows("SELECT Source, Night FROM Watermarks", row => (row.GetString(0), DateOnly.Parse(row.GetString(1), null))).ToDictionary();

    public Dictionary<RecordId, Standed> Records(string source) => Rows(
        "SELECT Id, Standing, Announced, MissingIn, ContentHash, Revision FROM Records WHERE Source = $a",
        row => (IdOf(row.GetString(0)), new Standed((Standing)row.GetInt32(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetInt32(5))),
        source).ToDictionary();

    public List<(string Kind, RecordId Id, string Why)> Named(long run, string source) => Rows(
        "SELECT Kind, RecordId, Why FROM RunNamed WHERE RunId = $a AND Source = $b", row => (row.GetString(0), IdOf(row.GetString(1)), row.GetString(2)), run, source);

    /// <summary>Records that a night brought, not an import.</summary>
    public HashSet<RecordId> BroughtByNights(string source) => Rows(
        "SELECT v.RecordId FROM Revisions v JOIN Records r ON r.Id = v.RecordId WHERE v.Number = 1 AND v.RunId IS NOT NULL AND r.Source = $a", row => IdOf(row.GetString(0)), source).ToHashSet();

    /// <summary>Fields changed by nights after a change, in the order in which they were committed.</summary>
    public List<ChangeRow> ChangesAfter(long id, string source) => Rows(
        "SELECT c.Id, c.RecordId, c.Field, c.\"From\", c.\"To\" FROM Changes c JOIN Records r ON r.Id = c.RecordId WHERE c.Id > $a AND c.RunId IS NOT NULL AND r.Source = $b ORDER BY c.Id",
        row => new ChangeRow(row.GetInt64(0), IdOf(row.GetString(1)), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)), id, source);

    /// <summary>Every revision's content, in the order of records and numbers.</summary>
    public List<(string Id, int Number, string Content)> Revisions() =>
        Rows("SELECT RecordId, Number, ContentHash FROM Revisions ORDER BY RecordId, Number", row => (row.GetString(0), row.GetInt32(1), row.GetString(2)));

    public long RevisionsWithoutPayload() => Number("SELECT count(*) FROM Revisions v LEFT JOIN Payloads p ON p.Hash = v.PayloadHash WHERE p.Hash IS NULL");

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }
    }

    private static RecordId IdOf(string text) => RecordId.TryParse(text, out var id) ? id : throw new InvalidOperationException($"The store holds '{text}' as an id.");

    private long Number(string sql) => Rows(sql, row => row.IsDBNull(0) ? 0 : row.GetInt64(0)).Single();

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, object? a = null, object? b = null)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add(new SqliteParameter("$a", SqliteType.Text));
            command.Parameters.Add(new SqliteParameter("$b", SqliteType.Text));
        }

        command.Parameters[0] = new SqliteParameter("$a", a ?? DBNull.Value);
        command.Parameters[1] = new SqliteParameter("$b", b ?? DBNull.Value);
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}

internal sealed record LeaseRow(string Holder, long Token, DateTimeOffset Until);

internal sealed record SourceRow(long Run, string Source, bool Complete, string Sums, DateOnly? WatermarkAfter, DateOnly Night);

/// <summary>A held record and where it stands.</summary>
internal sealed record Standed(Standing Standing, bool Announced, string? MissingIn, string Content, int Revision);

internal sealed record ChangeRow(long Id, RecordId Record, string Field, string? From, string? To);
