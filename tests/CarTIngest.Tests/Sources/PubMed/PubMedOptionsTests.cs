using CarTIngest.Sources.PubMed;

namespace CarTIngest.Tests.Sources.PubMed;

public sealed class PubMedOptionsTests
{
    [Fact]
    public void The_defaults_have_no_fault() => Assert.Empty(new PubMedOptions().Faults());

    [Theory]
    [InlineData("root@example.org")]
    [InlineData("ROOT@example.org")]
    [InlineData("a team@example.org")]
    [InlineData("team@example.org ")]
    [InlineData("nobody")]
    public void Forbids_an_address_that_the_server_fails_on(string email) => Assert.NotEmpty(new PubMedOptions { Email = email }.Faults());

    [Fact]
    public void Tells_all_faults_at_once()
    {
        var options = new PubMedOptions
        {
            BaseAddress = new Uri("https://www.ncbi.nlm.nih.gov/entrez/eutils/"),
            Tool = "car t",
            ApiKey = "a b",
            RequestsPerSecond = 0,
            FetchBatch = 0,
            SearchCap = 10_000,
            LargestArm = 0,
            ReaskAfterMilliseconds = -1,
            RereadDays = 0,
        };
        Assert.Equal(9, options.Faults().Count);
        Assert.True(new PubMedOptionsValidator().Validate(null, options).Failed);
    }

    [Fact]
    public void Goes_faster_with_a_key_unless_told_otherwise()
    {
        Assert.Equal(2.5, new PubMedOptions().PaceInForce);
        Assert.Equal(8, new PubMedOptions { ApiKey = "k" }.PaceInForce);
        Assert.Equal(1, new PubMedOptions { ApiKey = "k", RequestsPerSecond = 1 }.PaceInForce);
    }
}
