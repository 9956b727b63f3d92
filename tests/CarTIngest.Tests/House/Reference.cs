using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>One thing that compiled code names.</summary>
/// <param name="By">The type as it was written: what the compiler nests (async and iterator states, lambdas) counts as the type around it.</param>
/// <param name="To">The type named; never an array, a reference or a generic instance, but what these are made of.</param>
/// <param name="Member">The method or field of <paramref name="To"/> where one is used.</param>
internal sealed record Reference(TypeDefinition By, TypeReference To, MemberReference? Member)
{
    /// <summary><c>Namespace.Type::Name(Namespace.Parameter,…)</c>, or the type alone.</summary>
    public string Signature => Member switch
    {
        MethodReference method => $"{To.FullName}::{method.Name}({string.Join(',', method.Parameters.Select(p => p.ParameterType.FullName))})",
        FieldReference stored => $"{To.FullName}::{stored.Name}",
        _ => To.FullName,
    };

    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
