using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CarTIngest.Tests.Host.Web;

/// <summary>The pages as people meet them, in a real browser. CARTINGEST_SCREENSHOTS names a folder for pictures of each.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private static readonly string[] ForAda = ["", "nights/1", "people", "people/1", "account", "nowhere"];

    private PagesUnderTest pages = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        await pages.AddAsync("ada@hospital.example", Role.Lead, Role.Operator);
        await FillAsync();
    }

    public async Task DisposeAsync() => await pages.DisposeAsync();

    [SkippableFact]
    public async Task A_person_logs_in_sees_the_night_and_the_jobs_and_logs_out()
    {
        var (context, page, strange) = await OpenAsync(1440, ColorScheme.Light);
        await using var _ = context;
        await page.GotoAsync("/");
        await page.GetByLabel("E-mail").FillAsync("ada@hospital.example");
        await page.GetByLabel("Password").FillAsync(PagesUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "The last nights" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "15 May 2026" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "The night of 15 May 2026" }).WaitForAsync();
        Assert.Contains(Hostile, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.GotoAsync("/hangfire/servers");
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Log in" }).WaitForAsync();
        // No dialog of a hostile title, nothing that a policy had to stop, nothing that was not found.
        Assert.Empty(strange);
    }

    [SkippableFact]
    public async Task Axe_finds_nothing_on_any_page_at_any_width_in_light_and_dark()
    {
        await using (var store = pages.Store.Stores.Open())
        {
            // The form of the first set-up, which nobody sees once there is an account.
            store.SetupCodes.Add(new SetupCode { Hash = "x", CreatedAt = pages.Clock.GetUtcNow() });
            await store.SaveChangesAsync();
        }

        var link = await pages.WithAsync<AccountBook, string>(book => book.InviteAsync(new NewPerson(Hostile, "eve@hospital.example", [Role.Reader]), Actor.AtThisMachine, CancellationToken.None));
        var (context, page, strange) = await OpenAsync(1440, ColorScheme.Light);
        await using var _ = context;
        var faults = new List<string>();
        await LookAtAsync(page, ["login", "setup", "invite?code=spent", $"invite?code={link}", "unsubscribe/x"], faults);
        await LogInAsync(page);
        await LookAtAsync(page, ForAda, faults);
        await page.GotoAsync("/hangfire/recurring");
        await PictureAsync(page, "hangfire", ColorScheme.Light);
        await PictureAsync(page, "hangfire", ColorScheme.Dark);
        Assert.Empty(faults);
        Assert.DoesNotContain(strange, what => !what.Contains("404", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Everything_is_reached_by_key_and_nothing_is_wider_than_a_small_phone()
    {
        var (context, page, _) = await OpenAsync(320, ColorScheme.Light);
        await using var __ = context;
        await page.GotoAsync("/login");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await LogInAsync(page);
        foreach (var path in ForAda)
        {
            await page.GotoAsync($"/{path}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"), $"/{path} is wider than 320 px");
            Assert.Empty(await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('a, button, input:not([type=hidden])')].filter(e => e.offsetParent && !e.classList.contains('skip') && getComputedStyle(e).display !== 'inline').filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"));
        }
    }

    private static async Task LookAtAsync(IPage page, IReadOnlyList<string> paths, List<string> faults)
    {
        foreach (var path in paths)
        {
            await page.GotoAsync($"/{path}");
            // Brings axe into the page, where it stays until the next one.
            await page.RunAxe();
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await PictureAsync(page, path, scheme);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                foreach (var width in new[] { 1440, 768, 320 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    var found = await page.EvaluateAsync<string[]>("async () => (await axe.run({ resultTypes: ['violations'] })).violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.map(n => n.html).join(' | '))");
                    faults.AddRange(found.Select(fault => $"/{path} at {width}, {scheme}: {fault}"));
                }
            }
        }
    }

    private static async Task PictureAsync(IPage page, string path, ColorScheme scheme)
    {
        if (Environment.GetEnvironmentVariable("CARTINGEST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in new[] { 375, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{(path.Length == 0 ? "status" : path[..Math.Min(path.Length, 16)].Replace('/', '-').Replace('?', '-'))}-{width}-{scheme}.png"), FullPage = true });
            }
        }
    }

    private static async Task LogInAsync(IPage page)
    {
        await page.GotoAsync("/login");
        await page.GetByLabel("E-mail").FillAsync("ada@hospital.example");
        await page.GetByLabel("Password").FillAsync(PagesUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "The last nights" }).WaitForAsync();
    }

    private async Task<(IBrowserContext Context, IPage Page, List<string> Strange)> OpenAsync(int width, ColorScheme scheme)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = pages.Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        // Axe is put into the page, which lets no script in; the answers' policies are shown by SafeAnswersTests.
        var page = await context.NewPageAsync();
        var strange = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            strange.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
            {
                strange.Add(line.Text);
            }
        };
        return (context, page, strange);
    }

    private async Task FillAsync()
    {
        await using var store = pages.Store.Stores.Open();
        var night = new DateOnly(2026, 5, 15);
        var at = pages.Clock.GetUtcNow().AddHours(-7);
        var run = new Run { Night = night, StartedAt = at, EndedAt = at.AddMinutes(3), ProductVersion = "0.1.0", Complete = true };
        store.Runs.Add(run);
        await store.SaveChangesAsync();
        foreach (var (source, complete) in new[] { ("clinicaltrials", true), ("pubmed", false) })
        {
            var sums = new SourceNight(source, 2181, 2181, 3, 6, 2172, 1, 0, 0, 0, 0, NamedRecords.None, 8, 90000, Answered: true, complete, complete ? [] : ["PubMed answered 'Search Backend failed' four times."], [Hostile]);
            store.RunSources.Add(new RunSource { RunId = run.Id, Source = source, Complete = complete, Announced = 2181, ReaderVersion = "1", ReadWhole = true, Sums = NightReportJson.Write(sums), Drift = "{}" });
            store.RunArms.Add(new RunArm { RunId = run.Id, Source = source, Arm = "A", Title = Hostile, Sent = "car", Count = 2181, Listed = 2181, Translation = $"\"receptors, chimeric antigen\"[MeSH Terms] OR {Hostile}", Warnings = "[]" });
        }

        store.RunNamed.Add(new RunNamed { RunId = run.Id, Source = "pubmed", Kind = "left", RecordId = "pmid:1", Why = Hostile });
        store.Changes.Add(new Change { RecordId = "nct:NCT99000001", Revision = 2, Field = "title", From = Hostile, To = Hostile, Night = night, RunId = run.Id });
        store.Alarms.Add(new Alarm { Condition = "silence", Subject = "pubmed", Says = $"PubMed had its last complete night 3 days ago. {Hostile}", Since = at });
        store.Watermarks.Add(new Watermark { Source = "clinicaltrials", Night = night });
        await store.SaveChangesAsync();
    }
}
