namespace CarTIngest.Host.Commands;

/// <summary>
/// The settings that the environment gives: <c>Section__Key</c>, and <c>Section__Key_FILE</c>, which names a file that holds the value. Only the product's own
/// sections are taken: an environment holds the variables of many programs.
/// </summary>
internal static class EnvironmentSettings
{
    private const string FileSuffix = "_FILE";

    /// <summary>The names by which OpenTelemetry is set everywhere, such as OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> OfOpenTelemetry() =>
        new ConfigurationBuilder().AddEnvironmentVariables().Build().AsEnumerable().Where(pair => pair.Key.StartsWith("OTEL_", StringComparison.Ordinal));

    /// <exception cref="SettingsException">A file that the environment names cannot be read.</exception>
    public static Dictionary<string, string?> Read()
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables().Build().AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key.Contains(':') && KnownSettings.IsInASection(pair.Key)).ToLookup(pair => pair.Key.EndsWith(FileSuffix, StringComparison.Ordinal));
        var values = given[false].ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, file) in given[true])
        {
            try
            {
                values[key[..^FileSuffix.Length]] = File.ReadAllText(file!).TrimEnd('\r', '\n');
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new SettingsException([$"{key.Replace(":", "__", StringComparison.Ordinal)} names a file that cannot be read: {trouble.Message}"]);
            }
        }

        return values;
    }
}
