using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>All faults by their names, and which of them is given where.</summary>
internal static class FaultKinds
{
    private static readonly Dictionary<string, Fault> ByName = new[] { EntrezFaults.All, SpoiltAnswers.All, EdgeFaults.All, NetworkFaults.All, RegistryFaults.All }
        .SelectMany(faults => faults).ToDictionary(fault => fault.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order in which people read them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.OrderBy(Number).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>Those that a client can outlive.</summary>
    public static IReadOnlyList<Fault> Drawn { get; } = [.. Names.Select(name => ByName[name]).Where(fault => fault.Drawn)];

    public static Fault? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The fault itself, or the nearest one that makes sense for this request.</summary>
    public static Fault For(Fault wanted, string endpoint, Parameters parameters)
    {
        var fault = wanted;
        while (!fault.BelongsTo(endpoint) || !fault.Suits(parameters))
        {
            fault = ByName[fault.Nearest];
        }

        return fault;
    }

    private static int Number(string name) => name[0] == 'E' && int.TryParse(name.AsSpan(1), out var number) ? number : int.MaxValue;
}
