using CarTIngest.Reporting;

namespace CarTIngest.Tests.Reporting;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 messages wait")]
    [InlineData(1, "1 message waits")]
    [InlineData(2, "2 messages wait")]
    [InlineData(2143, "2,143 messages wait")]
    public void Says_one_of_one_and_many_of_all_others(long number, string says) => Assert.Equal(says, Counted.Of(number, "message waits", "messages wait"));
}
