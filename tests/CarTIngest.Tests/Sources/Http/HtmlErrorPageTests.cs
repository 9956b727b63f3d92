using System.Text;
using CarTIngest.Sources.Http;

namespace CarTIngest.Tests.Sources.Http;

public sealed class HtmlErrorPageTests
{
    [Fact]
    public void Tells_title_heading_and_text_once_each_on_one_line()
    {
        var page = "<!DOCTYPE html><html><head><title>WWW Error 500\n Diagnostic</title><script>var x = 1;</script></head>"
            + "<body><h1>Error 500</h1><p>This could be\ta transient problem.</p></body></html>";
        Assert.Equal("WWW Error 500 Diagnostic: Error 500: Error 500This could be a transient problem.", HtmlErrorPage.Tell(Encoding.UTF8.GetBytes(page)));
    }

    [Fact]
    public void Is_never_longer_than_two_hundred_characters_nor_cuts_one_in_two()
    {
        var said = HtmlErrorPage.Tell(Encoding.UTF8.GetBytes("<p>" + string.Concat(Enumerable.Repeat("𝛼", 300))));
        Assert.InRange(said.Length, 190, 200);
        Assert.Equal(said, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(said)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    public void Says_nothing_of_a_page_that_says_nothing(string page) => Assert.Equal("", HtmlErrorPage.Tell(Encoding.UTF8.GetBytes(page)));

    [Fact]
    public void Survives_bytes_that_are_no_text() => Assert.NotNull(HtmlErrorPage.Tell([0xff, 0x00, (byte)'<', 0xfe, (byte)'>']));
}
