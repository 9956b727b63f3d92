using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>
/// One event of the chain of decisions. Its hash is SHA-256, in 64 lower-case hexadecimal digits, over eight parts, each written as its length in bytes of UTF-8
/// in decimal, a colon, its bytes and a line feed: <c>cartingest-decision-1</c>, number, time (<c>yyyy-MM-ddTHH:mm:ss.fffZ</c>), by, kind, subject, payload,
/// hash of the event before (64 zeros for the first).
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">UTC, whole milliseconds.</param>
/// <param name="By">A person. A machine never writes a decision.</param>
/// <param name="Subject">A record's or a study's id; what else the kind names.</param>
/// <param name="Payload">Canonical JSON of the content.</param>
public sealed record Decision(long Number, DateTimeOffset At, string By, string Kind, string Subject, string Payload, string Previous, string Hash)
{
    /// <summary>What the first event has in the place of the hash before.</summary>
    public static string Start { get; } = new('0', 64);

    private const string Form = "cartingest-decision-1";

    /// <summary>The next event of a chain.</summary>
    /// <param name="last">The newest so far; null at the beginning.</param>
    public static Decision After(Decision? last, DateTimeOffset at, DecisionDraft draft)
    {
        var number = (last?.Number ?? 0) + 1;
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var unhashed = new Decision(number, moment, draft.By, draft.Content.Kind, draft.Subject, draft.Content.ToJson(), last?.Hash ?? Start, "");
        return unhashed with { Hash = unhashed.ComputedHash() };
    }

    /// <exception cref="System.Text.Json.JsonException">The payload is none of its kind.</exception>
    public DecisionContent Content() => DecisionContent.Read(Kind, Payload);

    /// <summary>What the hash is when nothing was altered.</summary>
    public string ComputedHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] parts = [Form, Number.ToString(CultureInfo.InvariantCulture), At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), By, Kind, Subject, Payload, Previous];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:")));
            hash.AppendData(bytes);
            hash.AppendData("\n"u8);
        }

        return ContentHash.Of(hash).Hex;
    }
}

/// <summary>A decision that a person wants to make.</summary>
public sealed record DecisionDraft(string By, string Subject, DecisionContent Content);
