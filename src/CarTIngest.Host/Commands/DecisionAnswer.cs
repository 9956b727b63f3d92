using System.Text.Json;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>A decision that was just written, as JSON. What a verb does not tell is left out.</summary>
/// <param name="Decision">Its number in the chain.</param>
/// <param name="What">Its content, as the chain holds it.</param>
/// <param name="Studies">By record, the studies that it will be of.</param>
/// <param name="Moving">Records that will be in other company.</param>
internal sealed record DecisionAnswer(
    long Decision,
    DateTimeOffset At,
    string As,
    string? Study,
    string? Subject,
    string Kind,
    JsonElement What,
    string? State,
    IReadOnlyDictionary<string, List<string>>? Studies,
    IReadOnlyList<string>? Moving)
{
    public static DecisionAnswer Of(Decision decision) =>
        new(decision.Number, decision.At, decision.By, Study: null, Subject: null, decision.Kind, JsonSerializer.Deserialize<JsonElement>(decision.Payload), State: null, Studies: null, Moving: null);
}
