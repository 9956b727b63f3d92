using System.Text.Json;
using CarTIngest.Host.Storage;
using CarTIngest.Tests.Host.Commands;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Invented;

/// <summary>The nights of <c>tests/Nights</c>, played once by the built executable into a store that its tests share, and what a hand says they must give.</summary>
public sealed class InventedNights : IAsyncLifetime, IDisposable
{
    private readonly Cartingest cartingest = new();
    private Answered? played;

    public static string Folder { get; } = Path.Combine(Shared.RepositoryRoot, "tests", "Nights");

    public static string Registry { get; } = Path.Combine(Folder, "clinicaltrials");

    public static string PubMed { get; } = Path.Combine(Folder, "pubmed");

    public static JsonElement Expected { get; } = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Folder, "expected.json")));

    internal Answered Played => played ?? throw new InvalidOperationException("The nights were not played.");

    public JsonElement Night(string night) => Assert.Single(Played.Json, line => line.GetProperty("night").GetString() == night);

    public async Task InitializeAsync() => played = await RehearseAtAsync("--store", "whole");

    /// <summary>Within this process.</summary>
    internal Task<Answered> RehearseAsync(string store, params string[] more) => cartingest.CallAsync(["rehearse", "--nights", Registry, "--pubmed", PubMed, "--json", "--store", store, .. more]);

    /// <summary>By the built executable.</summary>
    /// <param name="place">The options that say where the store is, and others.</param>
    internal Task<Answered> RehearseAtAsync(params string[] place) => cartingest.RunAsync(["rehearse", "--nights", Registry, "--pubmed", PubMed, "--json", .. place]);

    internal async Task<string> StateAsync(string store) => State(await CallAsync("verify", "--json", "--store", store));

    internal async Task<string> StateAtAsync(params string[] place) => State(await cartingest.RunAsync(["verify", "--json", .. place]));

    internal Task<Answered> CallAsync(params string[] arguments) => cartingest.CallAsync(arguments);

    internal StoreContext OpenStore(string store = "whole") => new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(cartingest.InFolder(store), "cartingest.db")}" }).Open();

    internal string Write(string name, string text) => cartingest.Write(name, text);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    /// <summary>The state of a store that is whole.</summary>
    private static string State(Answered answered)
    {
        var verified = Assert.Single(answered.Ends(0).Json);
        Assert.True(verified.GetProperty("ok").GetBoolean());
        return verified.GetProperty("state").GetString()!;
    }
}
