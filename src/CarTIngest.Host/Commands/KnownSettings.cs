namespace CarTIngest.Host.Commands;

/// <summary>Which settings there are. A misspelt one would leave the default in force without a word, so it is a fault.</summary>
internal static class KnownSettings
{
    private static readonly string[] Sections = ["Storage", "Review", "Sources", "Http", "Nightly", "Schedule", "Jobs", "Web", "People", "Alerts", "Watchdog", "Telemetry", "Logging"];

    /// <param name="key">As <c>Section:Key</c>.</param>
    public static bool IsInASection(string key) => Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each section that there is not. What stands within Logging is not looked at.</summary>
    public static IEnumerable<string> StrangeSections(IConfiguration configuration) =>
    [
        .. Strange(configuration, Sections).Select(name => $"{name} is no section of the settings; there are {string.Join(", ", Sections)}."),
        .. Strange(configuration.GetSection("Sources"), ["PubMed", "ClinicalTrials"]).Select(name => $"Sources:{name} is no source; there are PubMed and ClinicalTrials."),
        .. Strange(configuration.GetSection("Review"), ["Folder"]).Select(name => $"Review:{name} is no setting; Review has Folder."),
    ];

    /// <summary>A sentence for each key of a section that is no property of its options, and of the sections within it.</summary>
    public static IEnumerable<string> StrangeKeys<T>(IConfigurationSection section) => StrangeKeys(section, typeof(T));

    private static IEnumerable<string> StrangeKeys(IConfigurationSection section, Type options)
    {
        // What is only derived from the settings cannot be set.
        var known = options.GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
        var within = section.GetChildren().Where(child => known.ContainsKey(child.Key)).ToList();
        return Strange(section, known.Keys)
            .Concat(within.Where(child => !IsSection(known[child.Key])).SelectMany(child => child.GetChildren().Select(below => $"{child.Key}:{below.Key}")))
            .Select(name => $"{section.Path}:{name} is no setting; {section.Path} has {string.Join(", ", known.Keys)}.")
            .Concat(within.Where(child => IsSection(known[child.Key])).SelectMany(child => StrangeKeys(child, known[child.Key])));
    }

    /// <summary>Options of our own within options are a section within a section.</summary>
    private static bool IsSection(Type type) => type.IsClass && type.Assembly == typeof(KnownSettings).Assembly;

    private static IEnumerable<string> Strange(IConfiguration configuration, IEnumerable<string> known) =>
        configuration.GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase);
}
