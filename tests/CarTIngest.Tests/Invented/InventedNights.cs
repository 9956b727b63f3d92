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

    public async Task InitializeAsync() => played = await RehearseAsync("whole");

    internal Task<Answered> RehearseAsync(string store, params string[] more) => RehearseAtAsync(["--store", store, .. more]);

    /// <param name="place">The options that say where the store is, and others.</param>
    internal Task<Answered> RehearseAtAsync(params string[] place) => cartingest.RunAsync(["rehearse", "--nights", Registry, "--pubmed", PubMed, "--json", .. place]);

    internal Task<string> StateAsync(string store) => StateAtAsync("--store", store);

    /// <summary>The state of a store that is whole.</summary>
    internal async Task<string> StateAtAsync(params string[] place)
    {
        var verified = Assert.Single((await cartingest.RunAsync(["verify", "--json", .. place])).Ends(0).Json);
        Assert.True(verified.GetProperty("ok").GetBoolean());
        return verified.GetProperty("state").GetString()!;
    }

    internal Task<Answered> RunAsync(params string[] arguments) => cartingest.RunAsync(arguments);

    internal StoreContext OpenStore(string store = "whole") => new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(cartingest.Folder, store, "cartingest.db")}" }).Open();

    internal string Write(string name, string text) => cartingest.Write(name, text);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }
}
