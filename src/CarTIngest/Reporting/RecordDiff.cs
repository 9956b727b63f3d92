using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Reporting;

/// <summary>What a revision changed, field by field, told from the two readings of a record.</summary>
public static class RecordDiff
{
    /// <summary>
    /// Fields of the line in the order of the newer one, then those that vanished. A single object is taken apart (<c>enrollment.count</c>);
    /// a list is one value, written as JSON. Empty when only what the line does not carry was changed.
    /// </summary>
    public static IReadOnlyList<FieldChange> Between(SourceRecord before, SourceRecord after)
    {
        ArgumentNullException.ThrowIfNull(after);
        var id = after.Id;
        var old = Fields(RecordJson.Write(before));
        var now = Fields(RecordJson.Write(after));
        return
        [
            .. now.Where(field => old.GetValueOrDefault(field.Key) != field.Value).Select(field => new FieldChange(id, field.Key, old.GetValueOrDefault(field.Key), field.Value)),
            .. old.Where(field => !now.ContainsKey(field.Key)).Select(field => new FieldChange(id, field.Key, field.Value, null)),
        ];
    }

    private static Dictionary<string, string> Fields(string line)
    {
        using var document = JsonDocument.Parse(line);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in member.Value.EnumerateObject())
                {
                    fields[$"{member.Name}.{inner.Name}"] = inner.Value.ToString();
                }
            }
            else if (member.Value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() > 0)
            {
                fields[member.Name] = member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.Value.GetRawText() : member.Value.ToString();
            }
        }

        return fields;
    }
}
