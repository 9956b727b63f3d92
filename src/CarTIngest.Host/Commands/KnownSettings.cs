namespace CarTIngest.Host.Commands;

/// <summary>Which settings there are. A misspelt one would leave the default in force without a word, so it is a fault.</summary>
internal static class KnownSettings
{
    private static readonly string[] Sections = ["Storage", "Review", "Sources", "Http", "Nightly", "Schedule", "Jobs", "Web", "Alerts", "Watchdog", "Telemetry", "Logging"];

    /// <param name="key">As <c>Section:Key</c>.</param>
    public static bool IsInASection(string key) => Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each section that there is not. What stands within Alerts and Logging is not looked at.</summary>
    public static IEnumerable<string> StrangeSections(IConfiguration configuration) =>
    [
        .. Strange(configuration, Sections).Select(name => $"{name} is no section of the settings; there are {string.Join(", ", Sections)}."),
        .. Strange(configuration.GetSection("Sources"), ["PubMed", "ClinicalTrials"]).Select(name => $"Sources:{name} is no source; there are PubMed and ClinicalTrials."),
        .. Strange(configuration.GetSection("Review"), ["Folder"]).Select(name => $"Review:{name} is no setting; Review has Folder."),
    ];

    /// <summary>A sentence for each key of a section that is no property of its options.</summary>
    public static IEnumerable<string> StrangeKeys<T>(IConfigurationSection section)
    {
        // What is only derived from the settings cannot be set.
        var names = typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).ToList();
        return Strange(section, names)
            .Concat(section.GetChildren().Where(child => names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(child => child.GetChildren().Select(below => $"{child.Key}:{below.Key}")))
            .Select(name => $"{section.Path}:{name} is no setting; {section.Path} has {string.Join(", ", names)}.");
    }

    private static IEnumerable<string> Strange(IConfiguration configuration, IEnumerable<string> known) =>
        configuration.GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase);
}
