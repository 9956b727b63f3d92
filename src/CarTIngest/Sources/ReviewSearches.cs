namespace CarTIngest.Sources;

/// <summary>
/// The search strategies of a review folder: <c>searches/pubmed/NAME.txt</c> and <c>searches/clinicaltrials/NAME.txt</c>, one arm a file.
/// Lines that begin with # are for people; the first of them is the arm's title. A PubMed file is its term; a registry file names its
/// parameters at the start of a line (<c>query.term=…</c>). Line breaks are for reading and become spaces.
/// </summary>
public static class ReviewSearches
{
    private static readonly string[] RegistryParameters =
        ["query.cond", "query.term", "query.intr", "query.titles", "query.outc", "query.spons", "query.lead", "query.id", "query.patient", "query.locn"];

    /// <summary>The arms of one source in the order of their names.</summary>
    /// <exception cref="ReviewFolderException">The folder or an arm is missing, empty or not understood; the message names file and line.</exception>
    public static IReadOnlyList<SearchArm> Load(string reviewFolder, string source) => LoadFrom(Path.Combine(reviewFolder, "searches"), source);

    /// <summary>The same of a folder that is a review folder, or holds what one has in <c>searches</c>.</summary>
    /// <exception cref="ReviewFolderException">As above.</exception>
    public static IReadOnlyList<SearchArm> LoadAny(string folder, string source) => LoadFrom(Path.Combine(folder, "searches") is var inner && Directory.Exists(inner) ? inner : folder, source);

    private static IReadOnlyList<SearchArm> LoadFrom(string searches, string source)
    {
        var folder = Path.Combine(searches, source);
        if (!Directory.Exists(folder))
        {
            throw new ReviewFolderException($"{folder} does not exist. A review folder holds searches/{source}/NAME.txt, one arm a file (setting Review:Folder).");
        }

        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? [.. files.Select(file => Read(file, source))] : throw new ReviewFolderException($"{folder} holds no arm (NAME.txt).");
    }

    private static SearchArm Read(string file, string source)
    {
        if (!BuiltArms.IsTopical(Path.GetFileNameWithoutExtension(file)))
        {
            throw new ReviewFolderException($"{file}: the arms {string.Join(" and ", BuiltArms.Names)} are built every night from the studies that people follow. Name yours otherwise.");
        }

        var lines = File.ReadAllLines(file);
        var title = lines.FirstOrDefault(line => line.StartsWith('#'))?.TrimStart('#', ' ').TrimEnd() ?? "";
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var current = source == "pubmed" ? "term" : null;
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            if (source != "pubmed" && Named(text) is { } name)
            {
                if (parameters.ContainsKey(name))
                {
                    throw new ReviewFolderException($"{file}({index + 1}): {name} stands twice.");
                }

                current = name;
                text = text[(name.Length + 1)..].Trim();
            }
            else if (current is null || (source != "pubmed" && LooksNamed(text)))
            {
                throw new ReviewFolderException($"{file}({index + 1}): a registry arm begins each parameter with one of {string.Join("=, ", RegistryParameters)}=.");
            }

            parameters[current] = parameters.TryGetValue(current, out var begun) && begun.Length > 0 ? $"{begun} {text}" : text;
        }

        return parameters.Count > 0 && parameters.Values.All(value => value.Length > 0)
            ? new SearchArm(source, Path.GetFileNameWithoutExtension(file), title, parameters)
            : throw new ReviewFolderException($"{file}: the arm has no strategy. An empty search would match nothing, or everything.");
    }

    /// <summary>A parameter that is not known, or misspelt: taken for text it would be sent as words to search for.</summary>
    private static bool LooksNamed(string text) =>
        (text.StartsWith("query.", StringComparison.OrdinalIgnoreCase) || text.StartsWith("filter.", StringComparison.OrdinalIgnoreCase)) && text.Contains('=', StringComparison.Ordinal);

    private static string? Named(string text) => RegistryParameters.FirstOrDefault(name => text.StartsWith(name + "=", StringComparison.Ordinal));
}

/// <summary>The strategies of one source as they are in force.</summary>
public delegate IReadOnlyList<SearchArm> StrategiesOf(string source);

/// <summary>The review folder cannot be used as it is.</summary>
public sealed class ReviewFolderException(string says) : Exception(says);
