using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary>
/// The settings of one call: appsettings.json beside the executable, then the environment (<c>Section__Key</c>; <c>Section__Key_FILE</c> names a file
/// that holds the value), then <c>--set</c>, then <c>--store</c>.
/// </summary>
internal static class Settings
{
    private static readonly Dictionary<string, string?> NoMore = [];

    /// <exception cref="UsageException">A --set is not Section:Key=value.</exception>
    /// <exception cref="SettingsException">A file that the environment names cannot be read, or --store names a file.</exception>
    public static IConfigurationRoot Read(ParseResult call, IReadOnlyDictionary<string, string?>? last = null) => Read(call, EnvironmentSettings.Read(), last ?? NoMore);

    /// <summary>The same on every machine: for what brings its own settings.</summary>
    public static IConfigurationRoot ReadWithoutEnvironment(ParseResult call, IReadOnlyDictionary<string, string?> last) => Read(call, NoMore, last);

    /// <summary>What --set gives on this very call.</summary>
    public static Dictionary<string, string?> SetHere(ParseResult call) => LastOfEach((call.GetValue(CommonOptions.Set) ?? []).Select(Assignment));

    private static IConfigurationRoot Read(ParseResult call, IReadOnlyDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> last)
    {
        var builder = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: false)
            .AddInMemoryCollection(environment)
            .AddInMemoryCollection(SetHere(call));
        if (call.CommandResult.Command.Options.Contains(CommonOptions.Store) && call.GetValue(CommonOptions.Store) is { } folder)
        {
            if (File.Exists(folder))
            {
                throw new SettingsException([$"--store {folder} cannot be a folder: there is a file of that name."]);
            }

            builder.AddInMemoryCollection([new("Storage:Provider", nameof(StorageProvider.Sqlite)), new("Storage:ConnectionString", StorageOptions.ConnectionTo(Path.Combine(folder, "cartingest.db")))]);
        }

        return builder.AddInMemoryCollection(last).Build();
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

    private static KeyValuePair<string, string?> Assignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.AsSpan(0, equals).Contains(':')
            ? new(text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set {text}: write Section:Key=value, for example --set Sources:PubMed:Email=you@hospital.example.");
    }
}
