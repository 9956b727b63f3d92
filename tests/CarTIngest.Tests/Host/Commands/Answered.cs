using System.Text.Json;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>How a call ended.</summary>
internal sealed record Answered(string Call, int Code, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>Fails with all that was said, unless it ended so.</summary>
    public Answered Ends(int code)
    {
        Assert.True(Code == code, $"{Call} ended with {Code}, not {code}.\nstdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }

    /// <summary>Ended so, with each of the words on stderr, nothing on stdout, and no trace of the code.</summary>
    public void Refuses(int code, params string[] words)
    {
        Ends(code);
        Assert.Equal("", Out);
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }

    /// <summary>The names of an object's members in their order.</summary>
    public static string Members(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));
}
