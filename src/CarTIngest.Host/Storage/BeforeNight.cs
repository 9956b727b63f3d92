using System.Text.Json;
using System.Text.Json.Serialization;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Storage;

/// <summary>All that a source's night began with and that later nights overwrite. Kept with the night's answers, so that it can be played again.</summary>
/// <param name="Mark">The source's last complete night; null before the first.</param>
/// <param name="Arms">The strategies in force.</param>
/// <param name="Included">Reports and registrations of included studies, read every night.</param>
public sealed record BeforeNight(Watermark? Mark, IReadOnlyList<SearchArm> Arms, IReadOnlyList<string> Included, IReadOnlyList<HeldBefore> Held)
{
    private static readonly JsonSerializerOptions Terse = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static BeforeNight Of(Watermark? mark, IReadOnlyList<SearchArm> arms, IReadOnlySet<RecordId> included, IReadOnlyDictionary<RecordId, HeldStanding> held) => new(
        mark,
        arms,
        [.. included.Order().Select(id => id.Text)],
        [.. held.OrderBy(pair => pair.Key).Select(pair => new HeldBefore(
            pair.Key.Text,
            pair.Value.Revision,
            pair.Value.Mark.LastRead.ToUnixTimeMilliseconds(),
            pair.Value.Mark.Stamp.Length > 0 ? pair.Value.Mark.Stamp : null,
            pair.Value.Mark.Announced,
            pair.Value.Standing,
            pair.Value.MissingIn))]);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Terse);

    /// <exception cref="StoreDamagedException">The bytes are not what was written.</exception>
    public static BeforeNight Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<BeforeNight>(bytes, Terse) ?? throw new JsonException("It is null.");
        }
        catch (JsonException broken)
        {
            throw new StoreDamagedException($"What a night began with cannot be read: {broken.Message}", broken);
        }
    }
}

/// <param name="LastRead">Unix milliseconds; <see cref="HeldRecord.LastRead"/>.</param>
public sealed record HeldBefore(string Id, int Revision, long LastRead, string? Stamp, bool Announced, Standing Standing, string? MissingIn);
