using CarTIngest.Host.Web;

namespace CarTIngest.Tests.Host.Web;

public sealed class WebOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", null, false)]
    [InlineData("http://127.0.0.1:5080", "https://review.example", true)]
    [InlineData("http://0.0.0.0:5080", null, true)]
    [InlineData("http://0.0.0.0:5080", "https://review.example", true)]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080", false)] // a container whose port is published to its own machine
    public void Shows_pages_over_plain_http_to_this_machine_alone(string urls, string? publicAddress, bool secure)
    {
        var web = new WebOptions { Urls = urls, PublicAddress = publicAddress };
        Assert.Empty(web.Faults());
        Assert.Equal(secure, web.IsSecure);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", null, "http://127.0.0.1:5080/invite?code=x")]
    [InlineData("http://0.0.0.0:5080", null, "/invite?code=x")]
    [InlineData("http://*:5080", null, "/invite?code=x")]
    [InlineData("http://10.0.0.7:5080", null, "/invite?code=x")]
    [InlineData("http://*:5080", "https://review.example/", "https://review.example/invite?code=x")]
    public void Links_lead_where_people_go_or_name_no_machine(string urls, string? publicAddress, string link) =>
        Assert.Equal(link, new WebOptions { Urls = urls, PublicAddress = publicAddress }.InvitationTo("x"));

    [Fact]
    public void Refuses_a_public_address_of_plain_http_that_others_reach() =>
        Assert.Single(new WebOptions { PublicAddress = "http://review.example" }.Faults());
}
