using System.Text;
using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>The rooms as they really know each other, as text and as a search for cycles.</summary>
internal static class RoomGraph
{
    public static string Draw(HousePlan plan, IReadOnlyList<ModuleDefinition> modules)
    {
        var text = new StringBuilder();
        text.Append("# The rooms as they are\n\nDrawn from the compiled assemblies by `DrawnGraphTests`; an arrow reads \"knows\".\n");
        text.Append("After a change that is meant: `CARTINGEST_ACCEPT=1 dotnet test tests/CarTIngest.Tests --filter FullyQualifiedName~DrawnGraph`.\n\n");
        text.Append("```mermaid\ngraph TD\n");
        foreach (var module in modules.Where(module => module.Types.Any(type => plan.RoomOf(type) is not null)))
        {
            text.Append("  subgraph ").Append(Path.GetFileNameWithoutExtension(module.Name)).Append('\n');
            foreach (var room in module.Types.Select(plan.RoomOf).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(Id(room)).Append("[\"").Append(room).Append("\"]\n");
            }

            text.Append("  end\n");
        }

        foreach (var (from, to) in plan.Edges(modules))
        {
            text.Append("  ").Append(Id(from)).Append(" --> ").Append(Id(to)).Append('\n');
        }

        return text.Append("```\n").ToString();
    }

    /// <summary>Every room that can be reached from itself, with one way round; empty when there is none.</summary>
    public static IReadOnlyList<string> Cycles(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.Where(edge => edge.From != edge.To).Distinct().ToLookup(edge => edge.From, edge => edge.To);
        return [.. next.Select(room => WayBack(room.Key, next)).OfType<string>().Order(StringComparer.Ordinal)];
    }

    /// <summary>Lines that only one of the two has, with - and +.</summary>
    public static string Difference(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    private static string? WayBack(string room, ILookup<string, string> next)
    {
        var cameFrom = new Dictionary<string, string>();
        var open = new Queue<string>([room]);
        while (open.TryDequeue(out var at))
        {
            foreach (var to in next[at].Where(to => cameFrom.TryAdd(to, at)))
            {
                open.Enqueue(to);
            }
        }

        if (!cameFrom.ContainsKey(room))
        {
            return null;
        }

        var way = new List<string> { room };
        do
        {
            way.Insert(0, cameFrom[way[0]]);
        }
        while (way[0] != room);
        return string.Join(" -> ", way);
    }

    private static string Id(string room) => room.Replace('.', '_');
}
