namespace CarTIngest.Tests.House;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Folders = [".git", ".vs", ".idea", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", "mail", "publish", "node_modules", "__pycache__"];

    private static readonly string[] TextEndings =
    [
        "", ".cs", ".csproj", ".sln", ".props", ".targets", ".config", ".json", ".jsonl", ".md", ".txt", ".sh", ".py", ".yaml", ".yml", ".service", ".timer", ".razor", ".css", ".js", ".svg",
        ".xml", ".html", ".csv", ".ris", ".nbib", ".editorconfig", ".gitignore", ".gitattributes", ".dockerignore", ".env", ".conf",
    ];

    public string[] Lines { get; } = Text.Split('\n');

    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Every text file of the checkout but what is built, restored or downloaded. Does not ask git, which refuses a checkout of another owner.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Under(Shared.RepositoryRoot).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<SourceFile> Under(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => TextEndings.Contains(System.IO.Path.GetExtension(file))))
        {
            // A worktree's .git is a file that names where its repository lies.
            if (System.IO.Path.GetFileName(file) != ".git")
            {
                yield return new SourceFile(System.IO.Path.GetRelativePath(Shared.RepositoryRoot, file).Replace('\\', '/'), File.ReadAllText(file));
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !Folders.Contains(System.IO.Path.GetFileName(inner))).SelectMany(Under))
        {
            yield return inner;
        }
    }
}
