using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>One way into the world, and the rooms that may go through it.</summary>
/// <param name="Opens">
/// What stands for the door: <c>Namespace.Type</c>, <c>Namespace.*</c>, <c>Type::Member</c>, or <c>Type::Member(first parameter types</c>; each as a beginning after <c>::</c>.
/// </param>
/// <param name="OpenTo">Rooms; single types by their full names; <see cref="Setups"/>. Empty: nobody.</param>
/// <param name="Harmless">Members of the same types that touch nothing.</param>
internal sealed record Door(string Name, IReadOnlyList<string> Opens, IReadOnlyList<string> OpenTo, IReadOnlyList<string> Harmless)
{
    /// <summary>Among those a door is open to: whoever puts a room together.</summary>
    public const string Setups = "*Setup";

    public Door(string name, IReadOnlyList<string> opens, IReadOnlyList<string> openTo)
        : this(name, opens, openTo, [])
    {
    }

    /// <summary>Who goes through this door without being named for it, a sentence each.</summary>
    public IEnumerable<string> Trespasses(HousePlan plan, ModuleDefinition module) =>
        ReferenceWalk.Over(module)
            .Where(reference => plan.RoomOf(reference.By) is { } room && !IsOpenTo(reference.By, room) && IsThis(reference))
            .Select(reference => $"{reference.By.FullName} goes to {Name} ({reference.Signature}): {(OpenTo.Count == 0 ? "nobody may" : $"only {string.Join(", ", OpenTo)} may")}")
            .Distinct().Order(StringComparer.Ordinal);

    private bool IsOpenTo(TypeDefinition by, string room) =>
        OpenTo.Contains(room) || OpenTo.Contains(by.FullName) || (OpenTo.Contains(Setups) && by.Name.EndsWith("Setup", StringComparison.Ordinal));

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
