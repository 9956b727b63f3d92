namespace CarTIngest.Tests.House;

/// <summary>The house's way to fail: all faults at once, a sentence each.</summary>
internal static class Faults
{
    public static void None(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} against the house's rules:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
