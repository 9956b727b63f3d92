using System.Globalization;
using System.Text.Json;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>Reads rules of faults, one JSON object a line.</summary>
internal static class FaultLines
{
    private const string Example = """{"fault":"E2","endpoint":"esearch","nth":3}""";

    private static readonly string[] Endpoints =
    [
        EndpointNames.EInfo, EndpointNames.ESearch, EndpointNames.EFetch, EndpointNames.ELink, EndpointNames.EPost,
        EndpointNames.Studies, EndpointNames.Study, EndpointNames.Version, EndpointNames.Size,
    ];

    /// <exception cref="UnreadableFaultsException">A line is no rule.</exception>
    public static IReadOnlyList<FaultRule> Read(IEnumerable<string> lines, string source)
    {
        var rules = new List<FaultRule>();
        foreach (var (index, line) in lines.Index())
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                rules.Add(Rule(text, $"{source}({index + 1})"));
            }
        }

        return rules.Count > 0 ? rules : throw new UnreadableFaultsException($"{source} holds no rule. A rule is one line, for example {Example}.");
    }

    private static FaultRule Rule(string text, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Rule(json.RootElement, place)
                : throw new UnreadableFaultsException($"{place} is no JSON object. Write for example {Example}.");
        }
        catch (JsonException broken)
        {
            throw new UnreadableFaultsException($"{place} is no JSON object ({broken.Message.Split(" LineNumber")[0]}). Write for example {Example}.");
        }
    }

    private static FaultRule Rule(JsonElement rule, string place)
    {
        Fault? fault = null;
        string? endpoint = null;
        int? nth = null;
        double? probability = null;
        DateOnly? night = null;
        foreach (var member in rule.EnumerateObject())
        {
            switch (member.Name)
            {
                case "fault":
                    fault = Text(member) is { } name && FaultKinds.Find(name) is { } known ? known : throw Wrong(place, member, $"one of {string.Join(", ", FaultKinds.Names)}");
                    break;
                case "endpoint":
                    endpoint = Text(member) is { } asked && Endpoints.Contains(asked) ? asked : throw Wrong(place, member, $"one of {string.Join(", ", Endpoints)}");
                    break;
                case "nth":
                    nth = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) && number >= 1 ? number : throw Wrong(place, member, "a whole number from 1 on");
                    break;
                case "probability":
                    probability = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var chance) && chance is >= 0 and <= 1
                        ? chance
                        : throw Wrong(place, member, "a number from 0 to 1");
                    break;
                case "night":
                    night = DateOnly.TryParseExact(Text(member), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Wrong(place, member, "a date such as 2026-05-16");
                    break;
                default:
                    throw new UnreadableFaultsException($"{place}: '{member.Name}' is not known. A rule has fault, endpoint, nth or probability, and night, for example {Example}.");
            }
        }

        return fault is null ? throw new UnreadableFaultsException($"{place} has no fault, which is one of {string.Join(", ", FaultKinds.Names)}.")
            : nth is null == probability is null ? throw new UnreadableFaultsException($"{place} needs either nth or probability, and not both.")
            : nth is not null && endpoint is null ? throw new UnreadableFaultsException($"{place} has nth and no endpoint, which is one of {string.Join(", ", Endpoints)}.")
            : new FaultRule(fault, endpoint, nth, probability, night);
    }

    private static string? Text(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;

    private static UnreadableFaultsException Wrong(string place, JsonProperty member, string allowed) => new($"{place}: {member.Name} is {member.Value.GetRawText()}; it must be {allowed}.");
}
