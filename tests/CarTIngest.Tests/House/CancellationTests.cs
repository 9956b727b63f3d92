namespace CarTIngest.Tests.House;

[Collection(CompiledRooms.Readers)]
public sealed class CancellationTests
{
    [Fact]
    public void Whatever_can_be_awaited_can_be_stopped() =>
        Faults.None(CompiledRooms.All.SelectMany(Cancellation.MissingIn));

    [Fact]
    public void Finds_what_cannot_be_stopped()
    {
        const string Waits = "CarTIngest.Tests.House.Planted.Cancellations.Waits";
        Assert.Equal(
            [.. new[] { ".NotLast", ".Optional", ".Stream", ".Without", "ByDelegate.Invoke" }.Select(name => $"{Waits}{name} does not end with a required CancellationToken")],
            Cancellation.MissingIn(CompiledRooms.Tests).Where(fault => fault.StartsWith(Waits, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
