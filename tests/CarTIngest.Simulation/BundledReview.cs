using CarTIngest.Eligibility;

namespace CarTIngest.Simulation;

/// <summary>The review that the product brings along, read once.</summary>
public static class BundledReview
{
    private static readonly Lazy<Rulebook> Read = new(() => RulebookFiles.Make(Files()));

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Review");

    public static Rulebook Rulebook => Read.Value;

    /// <summary>Names and contents of the rulebook's files, to be changed at will.</summary>
    public static Dictionary<string, string> Files() =>
        Directory.GetFiles(Path.Combine(Folder, "lexicon"), "*.txt").Append(Path.Combine(Folder, RulebookFiles.BookFile))
            .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), file => File.ReadAllText(file).ReplaceLineEndings("\n"));
}
