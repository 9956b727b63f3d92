using System.Reflection;

namespace CarTIngest.Tests.House;

/// <summary>The numbers of the failures that nobody tells: each is carried by a test.</summary>
public sealed class SilentNumbersTests
{
    private static readonly string[] Numbers = [.. Enumerable.Range(1, 25).Select(n => $"E{n}"), .. Enumerable.Range(1, 8).Select(n => $"R{n}")];

    [Fact]
    public void Every_number_has_a_test_that_carries_it()
    {
        var carried = typeof(SilentNumbersTests).Assembly.GetTypes().SelectMany(Carried).ToLookup(pair => pair.Number, pair => pair.Test, StringComparer.Ordinal);

        Assert.Equal(Numbers.Order(StringComparer.Ordinal), carried.Select(group => group.Key).Order(StringComparer.Ordinal));
        // One that goes through whole nights, beside whatever looks at a single answer.
        Assert.All(Numbers, number => Assert.Contains(carried[number], test => test.StartsWith("Silent", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Number, string Test)> Carried(Type type)
    {
        var tests = type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).ToList();
        return tests.SelectMany(test => test.GetCustomAttributesData().Concat(type.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(TraitAttribute) && (string)data.ConstructorArguments[0].Value! == "Silent")
            .Select(data => ((string)data.ConstructorArguments[1].Value!, $"{type.Name}.{test.Name}")));
    }
}
