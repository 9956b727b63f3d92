using System.Collections.Concurrent;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CarTIngest.Tests.House;

/// <summary>
/// Everything that a module's types name: bases, signatures, fields, generic arguments and constraints, attributes with their arguments, and method bodies.
/// Blind spot: a constant and a <c>nameof</c> of another room are gone after compiling.
/// </summary>
internal sealed class ReferenceWalk
{
    private static readonly ConcurrentDictionary<ModuleDefinition, IReadOnlyCollection<Reference>> Walked = new();

    private readonly HashSet<Reference> _found = [];
    private TypeDefinition _by = null!;

    /// <summary>Each module is walked once.</summary>
    public static IReadOnlyCollection<Reference> Over(ModuleDefinition module) => Walked.GetOrAdd(module, Walk);

    private static HashSet<Reference> Walk(ModuleDefinition module)
    {
        var walk = new ReferenceWalk();
        foreach (var type in module.GetTypes())
        {
            walk._by = (TypeDefinition)Reference.Outermost(type);
            walk.Visit(type);
        }

        return walk._found;
    }

    private void Visit(TypeDefinition type)
    {
        Name(type.BaseType);
        Name(type.CustomAttributes);
        Name(type.GenericParameters);
        foreach (var implemented in type.Interfaces)
        {
            Name(implemented.InterfaceType);
            Name(implemented.CustomAttributes);
        }

        foreach (var field in type.Fields)
        {
            Name(field.FieldType);
            Name(field.CustomAttributes);
        }

        foreach (var property in type.Properties)
        {
            Name(property.PropertyType);
            Name(property.CustomAttributes);
        }

        foreach (var happening in type.Events)
        {
            Name(happening.EventType);
            Name(happening.CustomAttributes);
        }

        foreach (var method in type.Methods)
        {
            Visit(method);
        }
    }

    private void Visit(MethodDefinition method)
    {
        Name(method.ReturnType);
        Name(method.MethodReturnType.CustomAttributes);
        Name(method.CustomAttributes);
        Name(method.GenericParameters);
        foreach (var parameter in method.Parameters)
        {
            Name(parameter.ParameterType);
            Name(parameter.CustomAttributes);
        }

        foreach (var overridden in method.Overrides)
        {
            Name(overridden);
        }

        if (method.HasBody)
        {
            Visit(method.Body);
        }
    }

    private void Visit(MethodBody body)
    {
        foreach (var local in body.Variables)
        {
            Name(local.VariableType);
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            Name(handler.CatchType);
        }

        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Name(type);
                    break;
                case MethodReference method:
                    Name(method);
                    break;
                case FieldReference field:
                    Name(field.DeclaringType, field);
                    Name(field.FieldType);
                    break;
                case CallSite call:
                    Name(call.ReturnType);
                    Name(call.Parameters);
                    break;
            }
        }
    }

    private void Name(MethodReference method)
    {
        Name(method.DeclaringType, method);
        Name(method.ReturnType);
        Name(method.Parameters);
        if (method is GenericInstanceMethod generic)
        {
            Name(generic.GenericArguments);
        }
    }

    private void Name(IEnumerable<ParameterDefinition> parameters) => Name(parameters.Select(p => p.ParameterType));

    private void Name(IEnumerable<GenericParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            Name(parameter.CustomAttributes);
            Name(parameter.Constraints.Select(c => c.ConstraintType));
        }
    }

    private void Name(IEnumerable<CustomAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            Name(attribute.Constructor);
            Name(attribute.ConstructorArguments);
            Name(attribute.Properties.Concat(attribute.Fields).Select(named => named.Argument));
        }
    }

    private void Name(IEnumerable<CustomAttributeArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            Name(argument.Type);
            switch (argument.Value)
            {
                case TypeReference type:
                    Name(type);
                    break;
                case CustomAttributeArgument boxed:
                    Name([boxed]);
                    break;
                case CustomAttributeArgument[] list:
                    Name(list);
                    break;
            }
        }
    }

    private void Name(IEnumerable<TypeReference> types)
    {
        foreach (var type in types)
        {
            Name(type);
        }
    }

    private void Name(TypeReference? type, MemberReference? member = null)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Name(generic.ElementType, member);
                Name(generic.GenericArguments);
                return;
            case FunctionPointerType pointer:
                Name(pointer.ReturnType);
                Name(pointer.Parameters);
                return;
            case IModifierType modified:
                Name(modified.ModifierType);
                Name(modified.ElementType, member);
                return;
            case TypeSpecification made:
                Name(made.ElementType, member);
                return;
            default:
                _found.Add(new Reference(_by, type, member));
                return;
        }
    }
}
