using System.Text;
using CarTIngest.Tests.Sources.Http;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>One night against services that answer as the test says.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string Key = "5eCrEt0f1nVeNt10n";

    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Tells_that_every_asked_source_is_down_and_shows_no_secret()
    {
        // As NCBI does, the refusal echoes the key.
        await using var refusing = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync($$"""{"error":"API key invalid","api-key":"{{Key}}","detail":"api_key={{Key}}"}""", context.RequestAborted);
        });
        cartingest.Environment["Sources__PubMed__ApiKey_FILE"] = cartingest.Write("key.txt", $"{Key}\n");

        var answered = (await cartingest.RunAsync(
            "run", "--source", "pubmed", "--json", "--set", $"Sources:PubMed:BaseAddress={refusing.Address}", "--set", "Http:Retries=1", "--set", "Http:FirstPauseSeconds=0.01")).Ends(5);

        Assert.Contains(refusing.Visits, visit => visit.Body.Contains($"api_key={Key}", StringComparison.Ordinal));
        Assert.All(refusing.Visits, visit => Assert.DoesNotContain(Key, visit.Target, StringComparison.Ordinal));
        var night = Assert.Single(answered.Json).GetProperty("sources");
        Assert.Equal(("pubmed", false, false), (night[0].GetProperty("source").GetString(), night[0].GetProperty("answered").GetBoolean(), night[0].GetProperty("complete").GetBoolean()));
        Assert.Equal(1, night.GetArrayLength());
        Assert.DoesNotContain(Key, answered.Out + answered.Error, StringComparison.OrdinalIgnoreCase);
        Assert.All(Directory.EnumerateFiles(cartingest.Folder, "cartingest.db*"), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Key)) < 0, $"{file} holds the key"));
    }
}
