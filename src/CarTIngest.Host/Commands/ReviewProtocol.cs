using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>The protocol of the review folder that the settings name.</summary>
internal static class ReviewProtocol
{
    /// <summary>A folder without the file has the plain one: two agree at each stage, and nothing is set aside.</summary>
    /// <exception cref="ReviewFileException">The file is not understood.</exception>
    public static Protocol Read(IConfiguration configuration)
    {
        var file = Path.Combine(Composition.ReviewFolder(configuration), ProtocolFile.Name);
        return File.Exists(file) ? ProtocolFile.Read(File.ReadAllText(file), file) : ProtocolFile.Plain;
    }

    /// <summary>Says on stderr, beside an answer whose numbers depend on it, whether unlikely is set aside.</summary>
    public static async Task TellAsync(IServiceProvider services, Protocol protocol, CancellationToken cancellationToken)
    {
        await using var store = services.GetRequiredService<StoreFactory>().Open();
        await Console.Error.WriteLineAsync(Says((await DecisionBook.StateAsync(store, protocol, cancellationToken)).UnlikelySetAside));
    }

    /// <summary>Stands beside every number that depends on it.</summary>
    public static string Says(Adoption? adopted) => adopted is null
        ? "Unlikely is not set aside: all that matches is screened."
        : $"Unlikely is set aside by {adopted.By} since {adopted.On:yyyy-MM-dd} for {(adopted.Rulebook == Adoption.AnyRulebook ? "any rulebook" : adopted.Rulebook)}: {adopted.Says}";
}
