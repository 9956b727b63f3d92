using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary>
/// The settings of one call: appsettings.json beside the executable, then the environment (<c>Section__Key</c>; <c>Section__Key_FILE</c> names a file
/// that holds the value), then <c>--set</c>, then <c>--store</c>.
/// </summary>
internal static class Settings
{
    private const string FileSuffix = "_FILE";

    public static IConfigurationRoot Read(ParseResult call, IReadOnlyDictionary<string, string?>? last = null)
    {
        var store = call.CommandResult.Command.Options.Contains(CommonOptions.Store) ? call.GetValue(CommonOptions.Store) : null;
        return Read(call.GetValue(CommonOptions.Set) ?? [], store, last);
    }

    /// <exception cref="UsageException">A --set is not Section:Key=value.</exception>
    /// <exception cref="SettingsException">A file that the environment names cannot be read.</exception>
    public static IConfigurationRoot Read(IReadOnlyList<string> assignments, string? storeFolder, IReadOnlyDictionary<string, string?>? last = null)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var builder = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: false)
            .AddConfiguration(environment)
            .AddInMemoryCollection(FromFiles(environment))
            .AddInMemoryCollection(LastOfEach(assignments.Select(Assignment)));
        if (storeFolder is not null)
        {
            Make(storeFolder);
            builder.AddInMemoryCollection([new("Storage:Provider", "Sqlite"), new("Storage:ConnectionString", $"Data Source={Path.Combine(storeFolder, "cartingest.db")}")]);
        }

        return builder.AddInMemoryCollection(last ?? new Dictionary<string, string?>()).Build();
    }

    /// <summary>Written twice, the last one counts, as among the other places.</summary>
    private static Dictionary<string, string?> LastOfEach(IEnumerable<KeyValuePair<string, string?>> assignments)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in assignments)
        {
            values[key] = value;
        }

        return values;
    }

    private static void Make(string storeFolder)
    {
        try
        {
            Directory.CreateDirectory(storeFolder);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"--store {storeFolder} cannot be made a folder: {trouble.Message}"]);
        }
    }

    private static KeyValuePair<string, string?> Assignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.AsSpan(0, equals).Contains(':')
            ? new(text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set {text}: write Section:Key=value, for example --set Sources:PubMed:Email=you@hospital.example.");
    }

    private static Dictionary<string, string?> FromFiles(IConfiguration environment)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, file) in environment.AsEnumerable().Where(pair => pair.Value is not null && pair.Key.Contains(':') && pair.Key.EndsWith(FileSuffix, StringComparison.Ordinal)))
        {
            try
            {
                values[key[..^FileSuffix.Length]] = File.ReadAllText(file!).TrimEnd('\r', '\n');
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                throw new SettingsException([$"{key.Replace(":", "__", StringComparison.Ordinal)} names a file that cannot be read: {trouble.Message}"]);
            }
        }

        return values;
    }
}
