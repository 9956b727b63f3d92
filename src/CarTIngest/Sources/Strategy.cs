using System.Globalization;
using System.Text;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>The arms of one source as they are asked together, under one content hash. Titles and comments are for people and no part of it.</summary>
public sealed record Strategy(string Source, IReadOnlyList<SearchArm> Arms)
{
    /// <summary>Of the arms' names and texts in the order of the names: <c>sha256:…</c></summary>
    public string Hash => $"sha256:{ContentHash.Of(Encoding.UTF8.GetBytes(string.Concat(Arms.OrderBy(arm => arm.Name, StringComparer.Ordinal).Select(arm => $"{Sized(arm.Name)}{Sized(arm.Text)}"))))}";

    /// <summary>The arms as they are kept.</summary>
    public string Write() => JsonSerializer.Serialize(Arms, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">The text is no such list of arms.</exception>
    public static Strategy Read(string source, string arms) => new(source, JsonSerializer.Deserialize<IReadOnlyList<SearchArm>>(arms, JsonSerializerOptions.Web) ?? throw new JsonException("The arms are null."));

    /// <summary>The arms that are not the same in both, by name.</summary>
    public IReadOnlyList<string> ChangedFrom(Strategy before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var (then, now) = (before.Arms.ToDictionary(arm => arm.Name, arm => arm.Text, StringComparer.Ordinal), Arms.ToDictionary(arm => arm.Name, arm => arm.Text, StringComparer.Ordinal));
        return [.. then.Keys.Union(now.Keys, StringComparer.Ordinal).Where(name => then.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>With its length, so that no two lists of arms are written alike.</summary>
    private static string Sized(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}\n");
}
