using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Server;

/// <summary>A request's parameters from its address and its form. Names are taken to the letter; repeated ones are joined by commas; empty ones count as absent.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private Parameters(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> pairs)
    {
        foreach (var (name, texts) in pairs)
        {
            var text = string.Join(',', texts.Where(text => !string.IsNullOrEmpty(text)));
            Names.Add(name);
            if (text.Length > 0)
            {
                values[name] = values.TryGetValue(name, out var before) ? $"{before},{text}" : text;
            }
        }
    }

    /// <summary>Every name that was sent, those without a value among them.</summary>
    public List<string> Names { get; } = [];

    public string? this[string name] => values.GetValueOrDefault(name);

    public static async Task<Parameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        new(request.HasFormContentType ? request.Query.Concat(await request.ReadFormAsync(cancellationToken)) : request.Query);
}
