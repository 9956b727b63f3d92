using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Web;

/// <summary>The way in while there is no account: by a code, once.</summary>
public sealed class FirstSetupTests : IAsyncLifetime
{
    private PagesUnderTest pages = null!;
    private Visitor visitor = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        visitor = pages.Visit();
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await pages.DisposeAsync();
    }

    [Fact]
    public async Task Makes_a_lead_and_operator_once()
    {
        var code = await CodeAsync();
        if (!OperatingSystem.IsWindows() && code.File is { } file)
        {
            Assert.Equal((code.Code, UnixFileMode.UserRead | UnixFileMode.UserWrite), ((await File.ReadAllTextAsync(file)).Trim(), File.GetUnixFileMode(file)));
        }

        (await visitor.GetAsync("setup")).Is(200).Says("Make the account");
        (await SetUpAsync(code.Code)).LeadsTo("/");

        Assert.Equal([Role.Lead, Role.Operator], (await pages.PersonAsync("ada@hospital.example")).Roles);
        Assert.False(File.Exists(code.File));
        (await visitor.GetAsync("")).Is(200).Says("Ada Muster");

        using var second = pages.Visit();
        (await second.GetAsync("setup")).Is(200).Says("This is set up.");
        await second.GetAsync("login");
        (await SetUpAsync(code.Code, second, "eve@hospital.example")).Is(422);
        Assert.Null(await pages.WithAsync<FirstSetup, FirstCode?>(setup => setup.MakeCodeAsync(CancellationToken.None)));
        Assert.Single(await pages.WithAsync<AccountBook, IReadOnlyList<Person>>(book => book.ReadAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Refuses_a_wrong_code_and_that_of_an_earlier_start()
    {
        var first = await CodeAsync();
        var second = await CodeAsync();
        await visitor.GetAsync("setup");

        (await SetUpAsync("guessed")).Is(422).Says("This is not the code");
        (await SetUpAsync(first.Code)).Is(422);
        (await SetUpAsync(second.Code)).Is(302);
    }

    [Fact]
    public async Task Keeps_the_code_when_the_password_is_not_good_enough()
    {
        var code = await CodeAsync();
        await visitor.GetAsync("setup");

        (await SetUpAsync(code.Code, password: "short")).Is(422).Says("12 are the fewest");
        (await SetUpAsync(code.Code, password: "aaaaaaaaaaaaaaaa")).Is(422).Says("repeats");
        (await SetUpAsync(code.Code, password: "my ada@hospital.example")).Is(422).Says("holds the name");
        (await SetUpAsync(code.Code)).Is(302);
    }

    [Fact]
    public async Task Slows_down_who_tries_many_codes()
    {
        await CodeAsync();
        await visitor.GetAsync("setup");
        var answers = new List<int>();
        for (var tries = 0; tries < 40; tries++)
        {
            answers.Add((int)(await SetUpAsync("guessed", password: "x")).Status);
        }

        Assert.Equal((422, 429), (answers[0], answers[^1]));
    }

    [Fact]
    public async Task Leaves_the_code_in_no_log_and_no_table()
    {
        var code = await CodeAsync();
        await visitor.GetAsync("setup");
        await SetUpAsync("guessed");
        await using var store = pages.Store.Stores.Open();

        Assert.DoesNotContain(code.Code, pages.Log.All, StringComparison.Ordinal);
        Assert.NotEqual(code.Code, (await store.SetupCodes.SingleAsync()).Hash);
        await SetUpAsync(code.Code);
        Assert.DoesNotContain(code.Code, pages.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(PagesUnderTest.Password, pages.Log.All, StringComparison.Ordinal);
    }

    private async Task<FirstCode> CodeAsync() => (await pages.WithAsync<FirstSetup, FirstCode?>(setup => setup.MakeCodeAsync(CancellationToken.None)))!;

    private Task<Shown> SetUpAsync(string code, Visitor? by = null, string email = "ada@hospital.example", string password = PagesUnderTest.Password) =>
        (by ?? visitor).PostAsync("setup", ("code", code), ("name", "Ada Muster"), ("email", email), ("password", password), ("again", password));
}
