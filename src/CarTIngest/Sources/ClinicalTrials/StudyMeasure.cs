using System.Text.Json;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// Counts what a long value holds before it is built: a tree of tiny values takes fifty times its bytes. Real studies stay far below each limit.
/// </summary>
internal static class StudyMeasure
{
    /// <summary>Names and values of a whole study, posted results included; these are only indexed.</summary>
    public const int MostTokens = 1_500_000;

    /// <summary>Of its protocolSection, which becomes objects.</summary>
    public const int MostProtocolTokens = 300_000;

    /// <summary>Of one object.</summary>
    public const int MostMembers = 10_000;

    // What is no longer cannot reach a limit that matters.
    private const int Small = 512 * 1024;

    /// <summary>What there is too much of; null where all is within bounds.</summary>
    /// <exception cref="JsonException">The value is no JSON, or nested too deep.</exception>
    public static string? TooMuch(ReadOnlySpan<byte> value)
    {
        if (value.Length <= Small)
        {
            return null;
        }

        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = ValueScan.MaxDepth });
        var members = new int[ValueScan.MaxDepth + 1];
        var (tokens, protocolTokens, protocolDepth) = (0, 0, int.MaxValue);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    members[reader.CurrentDepth + 1] = 0;
                    break;
                case JsonTokenType.PropertyName:
                    if (++members[reader.CurrentDepth] > MostMembers)
                    {
                        return $"one of its objects has more than {MostMembers} members";
                    }

                    // In {"upsert": study} the study stands one deeper.
                    protocolDepth = reader.CurrentDepth <= 2 && reader.ValueTextEquals("protocolSection"u8) ? reader.CurrentDepth
                        : reader.CurrentDepth <= protocolDepth ? int.MaxValue
                        : protocolDepth;
                    break;
            }

            protocolTokens += reader.CurrentDepth > protocolDepth ? 1 : 0;
            if (++tokens > MostTokens || protocolTokens > MostProtocolTokens)
            {
                return $"it holds more than {(tokens > MostTokens ? MostTokens : MostProtocolTokens)} values";
            }
        }

        return null;
    }
}
