namespace CarTIngest.Host.Commands;

/// <summary>Which settings there are. A misspelt one would leave the default in force without a word, so it is a fault.</summary>
internal static class KnownSettings
{
    private static readonly string[] Sections = ["Storage", "Review", "Sources", "Http", "Nightly", "Schedule", "Web", "Alerts", "Logging"];

    /// <param name="key">As <c>Section:Key</c>.</param>
    public static bool IsInASection(string key) => Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each section that there is not. What stands within Logging is not looked at.</summary>
    public static IEnumerable<string> StrangeSections(IConfiguration configuration) =>
    [
        .. Strange(configuration, Sections).Select(name => $"{name} is no section of the settings; there are {string.Join(", ", Sections)}."),
        .. Strange(configuration.GetSection("Sources"), ["PubMed", "ClinicalTrials"]).Select(name => $"Sources:{name} is no source; there are PubMed and ClinicalTrials."),
        .. Strange(configuration.GetSection("Review"), ["Folder"]).Select(name => $"Review:{name} is no setting; Review has Folder."),
    ];

    /// <summary>A sentence for each key of a section that is no property of its options; a property that is options itself is a section of its own.</summary>
    public static IEnumerable<string> StrangeKeys<T>(IConfigurationSection section) => StrangeKeys(typeof(T), section);

    private static IEnumerable<string> StrangeKeys(Type options, IConfigurationSection section)
    {
        // What is only derived from the settings cannot be set.
        var known = options.GetProperties().Where(property => property.CanWrite).ToList();
        var names = known.Select(property => property.Name).ToList();
        var sections = known.Where(property => property.PropertyType.IsClass && property.PropertyType != typeof(string)).ToList();
        var there = section.GetChildren().ToList();
        return Strange(section, names)
            .Concat(there.Where(child => names.Contains(child.Key, StringComparer.OrdinalIgnoreCase) && !sections.Exists(below => IsOf(below, child))).SelectMany(child => child.GetChildren().Select(below => $"{child.Key}:{below.Key}")))
            .Select(name => $"{section.Path}:{name} is no setting; {section.Path} has {string.Join(", ", names)}.")
            .Concat(sections.SelectMany(below => there.Where(child => IsOf(below, child)).SelectMany(child => StrangeKeys(below.PropertyType, child))));
    }

    private static bool IsOf(System.Reflection.PropertyInfo property, IConfigurationSection child) => string.Equals(property.Name, child.Key, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Strange(IConfiguration configuration, IEnumerable<string> known) =>
        configuration.GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase);
}
