using System.Text;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>What can be said to people about bytes that are no readable study.</summary>
internal static class StudyText
{
    private const int Longest = 60;
    private const int LongestLooked = 4096;
    private const int LongestSentence = 300;

    /// <summary>The first NCT number that stands as identificationModule.nctId in bytes that need not be well formed; null where none does.</summary>
    public static RecordId? FindId(ReadOnlySpan<byte> value)
    {
        var module = value.IndexOf("\"identificationModule\""u8);
        if (module < 0)
        {
            return null;
        }

        var rest = value[module..];
        var name = rest.IndexOf("\"nctId\""u8);
        if (name < 0)
        {
            return null;
        }

        rest = rest[(name + "\"nctId\""u8.Length)..].TrimStart(" \t\r\n:[\""u8);
        var length = "NCT00000000".Length;
        return rest.Length >= length && NctId.TryParse(Encoding.ASCII.GetString(rest[..length]), out var id) ? RecordId.Of(id) : null;
    }

    /// <summary>Names what the bytes are, as far as their beginning tells: an HTML page, an archive, null, a list, text.</summary>
    public static string Describe(ReadOnlySpan<byte> value)
    {
        var start = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 1024)]).TrimEnd();
        return start switch
        {
            _ when start.StartsWith('<') && (start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)) => "an HTML page",
            _ when start.StartsWith('<') => "markup (XML or HTML)",
            _ when start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) => "a ZIP archive",
            _ when value.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) => "a gzip file",
            "null" => "null",
            _ when start.StartsWith('[') => "a list",
            _ => $"text: '{Short(start)}'",
        };
    }

    /// <summary>The parser's own words without its counting of lines.</summary>
    public static string Sentence(JsonException fault)
    {
        var says = fault.Message;
        foreach (var tail in (ReadOnlySpan<string>)[" Path:", " LineNumber:"])
        {
            var at = says.IndexOf(tail, StringComparison.Ordinal);
            says = at < 0 ? says : says[..at];
        }

        var where = fault.Path is { Length: > 1 } path ? $" at {path[2..]}"
            : fault.BytePositionInLine is { } position ? $" (line {(fault.LineNumber ?? 0) + 1}, byte {position + 1} of the study)"
            : "";
        // Both may quote what the study holds.
        return Short(says.TrimEnd('.', ' ') + where, LongestSentence);
    }

    /// <summary>What an object without a study says of itself, where it looks like an error message.</summary>
    public static string SaysInstead(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["error", "message", "errors"])
        {
            if (root.TryGetProperty(name, out var says))
            {
                return $"; it says '{Short(says.ToString())}'";
            }
        }

        return "";
    }

    /// <summary>One line of at most so many characters, without control characters.</summary>
    public static string Short(string text, int longest = Longest)
    {
        // No more is looked at than could be shown.
        var start = text.Length > LongestLooked ? text[..LongestLooked] : text;
        var line = string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // Never between the halves of one character.
        var end = line.Length > longest && char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest;
        return string.Concat((line.Length <= longest ? line : line[..end] + "…").Select(sign => char.IsControl(sign) ? '\uFFFD' : sign));
    }
}
