using CarTIngest.Sources.Http;

namespace CarTIngest.Tests.Sources.Http;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("""{"error":"API rate limit exceeded","api-key":"K3y+0f/me","count":"11"}""")]
    [InlineData("POST db=pubmed&api_key=K3y%2B0f%2Fme&term=x")]
    [InlineData("the key k3Y+0F/ME is bad")]
    public void Hides_a_known_secret_however_it_is_written(string text)
    {
        var seen = new Secrets("K3y+0f/me", null, "").Redact(text);
        Assert.DoesNotContain("0f", seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("[hidden]", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Hides_what_follows_the_word_api_key_even_when_nobody_knows_it() =>
        Assert.Equal("api_key=[hidden]&term=x", new Secrets().Redact("api_key=abc&term=x"));

    [Fact]
    public void Leaves_other_text_alone() => Assert.Equal("keys and apis", new Secrets("zzz").Redact("keys and apis"));
}
