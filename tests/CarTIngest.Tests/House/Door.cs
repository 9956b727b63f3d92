using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>One way into the world, and the rooms that may go through it.</summary>
/// <param name="Opens">
/// What stands for the door: <c>Namespace.Type</c>, <c>Namespace.*</c>, <c>Type::Member</c>, or <c>Type::Member(first parameter types</c>; each as a beginning after <c>::</c>.
/// </param>
/// <param name="Rooms">Empty: nobody.</param>
/// <param name="Harmless">Members of the same types that touch nothing.</param>
internal sealed record Door(string Name, IReadOnlyList<string> Opens, IReadOnlyList<string> Rooms, IReadOnlyList<string> Harmless)
{
    public Door(string name, IReadOnlyList<string> opens, IReadOnlyList<string> rooms)
        : this(name, opens, rooms, [])
    {
    }

    /// <summary>Who goes through this door without being named for it, a sentence each.</summary>
    public IEnumerable<string> Trespasses(HousePlan plan, ModuleDefinition module) =>
        ReferenceWalk.Over(module)
            .Where(reference => plan.RoomOf(reference.By) is { } room && !Rooms.Contains(room) && IsThis(reference))
            .Select(reference => $"{reference.By.FullName} goes to {Name} ({reference.Signature}): {(Rooms.Count == 0 ? "nobody may" : $"only {string.Join(", ", Rooms)} may")}")
            .Distinct().Order(StringComparer.Ordinal);

    private bool IsThis(Reference reference)
    {
        var signature = reference.Signature;
        return Opens.Any(pattern => Matches(pattern, reference.To.FullName, signature))
            && !Harmless.Any(pattern => Matches(pattern, reference.To.FullName, signature));
    }

    private static bool Matches(string pattern, string type, string signature) =>
        pattern.EndsWith(".*", StringComparison.Ordinal) ? type.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern.Contains("::", StringComparison.Ordinal) ? signature.StartsWith(pattern, StringComparison.Ordinal)
        : type == pattern;
}
