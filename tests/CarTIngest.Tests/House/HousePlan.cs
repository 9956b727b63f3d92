using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>One row of the table: a room and the only ones that it may know.</summary>
internal sealed record Room(string Name, IReadOnlyList<string> Knows)
{
    /// <summary>In place of names: every room there is.</summary>
    public static readonly IReadOnlyList<string> All = ["all"];

    public bool MayKnow(string other) => ReferenceEquals(Knows, All) || Knows.Contains(other);
}

/// <summary>A namespace under which each folder is a room.</summary>
/// <param name="Itself">The room of what lies right in it; null where nothing may.</param>
/// <param name="OneRoom">All that is in it, at any depth, is <paramref name="Itself"/>.</param>
internal sealed record RoomRoot(string Namespace, string? Itself = null, bool OneRoom = false);

/// <param name="Roots">The longer namespace before the one that holds it.</param>
/// <param name="FoldersAreRooms">Rooms whose own folders are rooms again.</param>
internal sealed record HousePlan(IReadOnlyList<RoomRoot> Roots, IReadOnlyList<string> FoldersAreRooms, IReadOnlyList<Room> Rooms)
{
    /// <summary>The room of a type by its namespace; null for what is not the house's own.</summary>
    public string? RoomOf(TypeReference type)
    {
        var outer = Reference.Outermost(type);
        if (outer.FullName == "Program")
        {
            return "Program";
        }

        foreach (var root in Roots)
        {
            if (outer.Namespace == root.Namespace)
            {
                return root.Itself ?? $"(right in {root.Namespace})";
            }

            if (outer.Namespace.StartsWith(root.Namespace + ".", StringComparison.Ordinal))
            {
                return root.OneRoom ? root.Itself : RoomOf(outer.Namespace[(root.Namespace.Length + 1)..].Split('.'));
            }
        }

        return null;
    }

    /// <summary>What the table forbids, one sentence each, in order.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<ModuleDefinition> modules) =>
        [.. modules.SelectMany(module => HomelessIn(module).Concat(ReferenceWalk.Over(module).Select(Judge).OfType<string>()))
            .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Room to room, as it is; what a room's own Setup lists of its folders is left out, for a list must name its parts.</summary>
    public IReadOnlyList<(string From, string To)> Edges(IEnumerable<ModuleDefinition> modules) =>
        [.. modules.SelectMany(ReferenceWalk.Over)
            .Where(reference => RoomOf(reference.By) is not null && !IsOwnSetup(reference))
            .Select(reference => (From: RoomOf(reference.By)!, To: RoomOf(reference.To) ?? ""))
            .Where(edge => edge.To.Length > 0 && edge.To != edge.From)
            .Distinct().OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal)];

    /// <summary>Whether the compiler or a generator of it wrote this type outside every room (regex, anonymous types, embedded attributes).</summary>
    public static bool IsGenerated(TypeDefinition type) =>
        type.Name.StartsWith('<') || type.CustomAttributes.Any(a => a.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute");

    private string RoomOf(string[] folders) =>
        folders.Length > 1 && FoldersAreRooms.Contains(folders[0]) ? $"{folders[0]}.{folders[1]}" : folders[0];

    private IEnumerable<string> HomelessIn(ModuleDefinition module)
    {
        foreach (var type in module.Types)
        {
            var room = RoomOf(type);
            if (room is null && !IsGenerated(type))
            {
                yield return $"{type.FullName} lies in no room: folder and namespace say where it belongs";
            }
            else if (room is not null && Rooms.All(row => row.Name != room))
            {
                yield return $"{type.FullName} lies in the room {room}, which has no row in the table";
            }
        }
    }

    private string? Judge(Reference reference)
    {
        var from = RoomOf(reference.By) ?? "Generated code";
        var to = RoomOf(reference.To);
        var row = Rooms.FirstOrDefault(room => room.Name == from) ?? new Room(from, []);
        if (to is null || to == from || row.MayKnow(to) || IsOwnSetup(reference))
        {
            return null;
        }

        var only = row.Knows.Count == 0 ? "nobody" : $"only {string.Join(", ", row.Knows)}";
        return $"{reference.By.FullName} knows {reference.To.FullName}: {from} may know {only}";
    }

    private bool IsOwnSetup(Reference reference) =>
        reference.By.Name.EndsWith("Setup", StringComparison.Ordinal)
        && RoomOf(reference.To)?.StartsWith(RoomOf(reference.By) + ".", StringComparison.Ordinal) == true;
}
