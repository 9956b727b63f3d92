using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>What can be awaited can be stopped: public asynchronous methods take a CancellationToken, last and without a default.</summary>
internal static class Cancellation
{
    private static readonly string[] Awaited =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
        "System.Collections.Generic.IAsyncEnumerable`1",
    ];

    public static IEnumerable<string> MissingIn(ModuleDefinition module) =>
        module.GetTypes().Where(type => !HousePlan.IsGenerated(type))
            .SelectMany(type => type.Methods)
            .Where(method => method is { IsPublic: true, IsSpecialName: false, Name: not "EndInvoke" } && Awaited.Contains(method.ReturnType.GetElementType().FullName) && !IsForeignShape(method) && !EndsRight(method))
            .Select(method => $"{method.DeclaringType.FullName}.{method.Name} does not end with a required CancellationToken");

    private static bool EndsRight(MethodDefinition method) =>
        method.Parameters.Count > 0
        && method.Parameters[^1] is { ParameterType.FullName: "System.Threading.CancellationToken", IsOptional: false };

    /// <summary>The signature is not ours to choose: it overrides or implements something of a framework's; or it answers a web request, which brings its own token.</summary>
    private static bool IsForeignShape(MethodDefinition method) =>
        (method.IsVirtual && ForeignKin(method.DeclaringType).Any(kin => kin.Methods.Any(theirs => theirs.Name == method.Name && theirs.Parameters.Count == method.Parameters.Count)))
        || method.Parameters.Any(parameter => parameter.ParameterType.FullName == "Microsoft.AspNetCore.Http.HttpContext");

    private static IEnumerable<TypeDefinition> ForeignKin(TypeDefinition type)
    {
        for (var at = type; at is not null; at = at.BaseType?.Resolve())
        {
            foreach (var kin in at.Interfaces.Select(implemented => implemented.InterfaceType.Resolve()).Append(at))
            {
                if (kin is not null && kin.Module != type.Module && RoomTable.Plan.RoomOf(kin) is null)
                {
                    yield return kin;
                }
            }
        }
    }
}
