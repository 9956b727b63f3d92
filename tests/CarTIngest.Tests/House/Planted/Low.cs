#pragma warning disable CA1812, CA1823, CA1852, CA1822, CS0067, CS0169, CS0649, CA1802, CA1031, IDE0051, IDE0044, CS0414, CS8321, CA1018, CA1019 // Planted: each type hides one violation.
using System.Runtime.CompilerServices;
using CarTIngest.Tests.House.Planted.High;

namespace CarTIngest.Tests.House.Planted.Low;

[AttributeUsage(AttributeTargets.All)]
internal sealed class TakesTypeAttribute(params Type[] types) : Attribute
{
    public Type[] Types { get; } = types;

    public object? Boxed { get; set; }
}

internal class InBase : Secret;

internal sealed class InInterface : ISecret;

internal sealed class InField
{
    private readonly Secret? _secret;
}

internal sealed class InFieldInitialiser
{
    private static readonly object Value = Secret.Instance;
}

internal abstract class InProperty
{
    public abstract Secret? Value { get; }
}

internal sealed class InEvent
{
    public event Action<Secret>? Happened;
}

internal abstract class InParameter
{
    public abstract void Take(Secret[] secrets);
}

internal abstract class InReturn
{
    public abstract Task<IReadOnlyList<Secret>> GiveAsync();
}

internal abstract class InConstraint
{
    public abstract void Take<T>(T value)
        where T : Secret;
}

internal sealed class InGenericArgument
{
    public int Count { get; } = new Dictionary<string, List<Secret>>().Count;
}

internal sealed class InGenericMethod
{
    public object Make() => Activator.CreateInstance<Secret>();
}

internal sealed class InTypeOf
{
    public string Name => typeof(Secret).Name;
}

internal sealed class InCast
{
    public bool Is(object value) => value is Secret;
}

internal sealed class InCatch
{
    public int Try(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (SecretException)
        {
            return 0;
        }
    }
}

internal sealed class InStaticField
{
    public int Number => Secret.Number;
}

internal sealed class InCalledSignature
{
    public string Ask() => Secret.AskWith(null);
}

internal sealed class InAsyncBody
{
    public async Task<int> WorkAsync()
    {
        await Task.Yield();
        return Secret.Ask().Length;
    }
}

internal sealed class InIterator
{
    public IEnumerable<int> Count()
    {
        yield return 1;
        yield return Secret.Ask().Length;
    }
}

internal sealed class InAsyncIterator
{
    public async IAsyncEnumerable<int> CountAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(0, cancellationToken);
        yield return Secret.Ask().Length;
    }
}

internal sealed class InLambda
{
    public Func<int> Work { get; } = () => Secret.Ask().Length;
}

internal sealed class InClosureInsideAsync
{
    public async Task<int> WorkAsync(int more)
    {
        await Task.Yield();
        Func<int> inner = () => Secret.Ask().Length + more;
        return inner();
    }
}

internal sealed class InLocalFunction
{
    public int Work()
    {
        return Local();

        static int Local() => Secret.Ask().Length;
    }
}

internal sealed class InMethodGroup
{
    public Func<string> Work { get; } = Secret.Ask;
}

internal sealed class InNestedType
{
    private sealed class Inner
    {
        public string Ask() => Secret.Ask();
    }
}

[Secret]
internal sealed class InAttribute;

internal sealed class InParameterAttribute
{
    public void Take([Secret] int value) => GC.KeepAlive(value);
}

[TakesType(typeof(Secret))]
internal sealed class InAttributeArgument;

[TakesType(Boxed = SecretKind.Some)]
internal sealed class InBoxedAttributeArgument;

[TakesType(Boxed = typeof(List<Secret>))]
internal sealed class InNamedAttributeArgument;
