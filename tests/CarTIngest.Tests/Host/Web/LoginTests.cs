using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Who comes in, for how long, and what ends it.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private const string Ada = "ada@hospital.example";

    private PagesUnderTest pages = null!;
    private Visitor visitor = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        visitor = pages.Visit();
        await pages.AddAsync(Ada, Role.Reviewer);
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await pages.DisposeAsync();
    }

    [Fact]
    public async Task Lets_in_by_the_password_and_in_no_other_way()
    {
        (await visitor.GetAsync("")).LeadsTo("/login");
        (await visitor.LogInAsync(Ada, "wrong horse battery")).Is(401);
        (await visitor.GetAsync("")).LeadsTo("/login");
        (await visitor.LogInAsync(Ada.ToUpperInvariant())).LeadsTo("/");
        (await visitor.GetAsync("")).Is(200);
    }

    [Fact]
    public async Task Answers_alike_whatever_is_wrong()
    {
        var wrong = await visitor.LogInAsync(Ada, "wrong horse battery");
        var unknown = await visitor.LogInAsync("eve@hospital.example", "wrong horse battery");

        Assert.Equal(wrong.Is(401).Says($"After {Passwords.Tries} wrong passwords an account is locked for 15 minutes").Text.Replace(Ada, "", StringComparison.Ordinal).Length, unknown.Is(401).Text.Replace("eve@hospital.example", "", StringComparison.Ordinal).Length);
        Assert.DoesNotContain("wrong horse", pages.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Ada, pages.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locks_after_five_wrong_passwords_for_a_quarter_of_an_hour()
    {
        for (var tries = 0; tries < Passwords.Tries; tries++)
        {
            (await visitor.LogInAsync(Ada, "wrong horse battery")).Is(401);
        }

        (await visitor.LogInAsync(Ada)).Is(401);
        pages.Clock.Advance(Passwords.LockOut - TimeSpan.FromSeconds(1));
        (await visitor.LogInAsync(Ada)).Is(401);
        pages.Clock.Advance(TimeSpan.FromSeconds(2));
        (await visitor.LogInAsync(Ada)).Is(302);
    }

    [Fact]
    public async Task Counts_wrong_passwords_from_the_last_right_one()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var tries = 0; tries < Passwords.Tries - 1; tries++)
            {
                (await visitor.LogInAsync(Ada, "wrong horse battery")).Is(401);
            }

            (await visitor.LogInAsync(Ada)).Is(302);
            visitor.Cookies.Clear();
        }
    }

    [Fact]
    public async Task Gives_who_tries_many_at_once_no_more_tries()
    {
        await visitor.GetAsync("login");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => pages.WithAsync<Passwords, Account?>(passwords => passwords.LetInAsync(Ada, "wrong horse battery", CancellationToken.None))));

        Assert.Equal(Passwords.Tries, pages.Log.All.Split('\n').Count(line => line.Contains("[403]", StringComparison.Ordinal)));
        (await visitor.LogInAsync(Ada)).Is(401);
    }

    [Fact]
    public async Task Sends_a_cookie_that_no_script_and_no_other_site_uses()
    {
        var cookie = Assert.Single((await visitor.LogInAsync(Ada)).SetCookies, cookie => cookie.StartsWith("cartingest-session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/people?a=b", "/people?a=b")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("people", "/")]
    [InlineData("", "/")]
    public async Task Goes_after_login_to_a_page_of_its_own_alone(string then, string goes) =>
        (await visitor.LogInAsync(Ada, then: then)).LeadsTo(goes);

    [Fact]
    public async Task Comes_back_to_the_page_that_was_asked_for()
    {
        (await visitor.GetAsync("nights/7?x=1")).LeadsTo("/login?then=%2Fnights%2F7%3Fx%3D1");
        (await visitor.GetAsync("login?then=%2Fnights%2F7")).Says("value=\"/nights/7\"");
        Assert.DoesNotContain("evil.example", (await visitor.GetAsync("login?then=https%3A%2F%2Fevil.example")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_a_session_eight_hours_after_the_last_page()
    {
        await visitor.LogInAsync(Ada);
        for (var hours = 0; hours < 15; hours += 5)
        {
            pages.Clock.Advance(TimeSpan.FromHours(5));
            (await visitor.GetAsync("")).Is(200);
        }

        pages.Clock.Advance(Session.Idle + TimeSpan.FromMinutes(1));
        (await visitor.GetAsync("")).LeadsTo("/login");
    }

    [Fact]
    public async Task Tells_who_sends_a_form_after_the_session_that_nothing_was_changed()
    {
        await visitor.LogInAsync(Ada);
        pages.Clock.Advance(Session.Idle + TimeSpan.FromMinutes(1));

        (await visitor.PostAsync("account/mail", ("digest", "Never"))).Is(401).Says("Log in again").Says("nothing was changed").Says("<a href=\"/login\">Log in</a>");
        Assert.Null((await pages.WithAsync<MailChoices, MailChoice>(async mail => await mail.ReadAsync((await pages.PersonAsync(Ada)).Id, CancellationToken.None))).Digest);

        visitor.Headers["X-Requested-With"] = "XMLHttpRequest";
        Assert.Equal("", (await visitor.PostAsync("hangfire/stats")).Is(401).Text);
    }

    [Fact]
    public async Task Ends_a_session_seven_days_after_the_login()
    {
        await visitor.LogInAsync(Ada);
        for (var hours = 0; hours < 167; hours += 5)
        {
            (await visitor.GetAsync("")).Is(200);
            pages.Clock.Advance(TimeSpan.FromHours(5));
        }

        (await visitor.GetAsync("")).LeadsTo("/login");
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("roles")]
    [InlineData("link used")]
    public async Task Ends_every_session_at_once_by(string change)
    {
        (await visitor.LogInAsync(Ada)).Is(302);
        (await visitor.GetAsync("")).Is(200);
        var id = (await pages.PersonAsync(Ada)).Id;
        await pages.WithAsync<AccountBook, int>(async book =>
        {
            await (change switch
            {
                "lock" => book.LockAsync(id, Actor.AtThisMachine, CancellationToken.None),
                "roles" => book.GiveRolesAsync(id, [Role.Reader], Actor.AtThisMachine, CancellationToken.None),
                _ => UseLinkAsync(await book.MakeLinkAsync(id, Actor.AtThisMachine, CancellationToken.None)),
            });
            return 0;
        });

        (await visitor.GetAsync("")).LeadsTo("/login");
        Assert.Equal(change == "lock" ? 401 : change == "roles" ? 302 : 401, (int)(await visitor.LogInAsync(Ada)).Status);
    }

    [Fact]
    public async Task Logs_out_so_that_a_copied_cookie_is_worth_nothing()
    {
        await visitor.LogInAsync(Ada);
        using var thief = pages.Visit();
        foreach (var (name, value) in visitor.Cookies)
        {
            thief.Cookies[name] = value;
        }

        (await thief.GetAsync("")).Is(200);
        (await visitor.PostAsync("logout")).LeadsTo("/login");
        (await visitor.GetAsync("")).LeadsTo("/login");
        (await thief.GetAsync("")).LeadsTo("/login");
    }

    [Fact]
    public async Task Unlocks_what_was_locked()
    {
        var id = (await pages.PersonAsync(Ada)).Id;
        await pages.WithAsync<AccountBook, int>(async book =>
        {
            await book.LockAsync(id, Actor.AtThisMachine, CancellationToken.None);
            return 0;
        });
        pages.Clock.Advance(TimeSpan.FromDays(400));
        (await visitor.LogInAsync(Ada)).Is(401);
        await pages.WithAsync<AccountBook, int>(async book =>
        {
            await book.UnlockAsync(id, Actor.AtThisMachine, CancellationToken.None);
            return 0;
        });
        (await visitor.LogInAsync(Ada)).Is(302);
    }

    private Task UseLinkAsync(string code) => pages.WithAsync<Passwords, Account?>(passwords => passwords.ChooseAsync(code, "another horse battery", CancellationToken.None));
}
