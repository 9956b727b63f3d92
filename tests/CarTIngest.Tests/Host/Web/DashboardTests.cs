using System.Text.RegularExpressions;
using CarTIngest.Host.Storage.Model;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Operators act in Hangfire's dashboard; the others look; and only from its own pages.</summary>
public sealed partial class DashboardTests : IAsyncLifetime
{
    private PagesUnderTest pages = null!;
    private string job = "";

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        job = pages.Services.GetRequiredService<IBackgroundJobClient>().Enqueue(() => Console.Out.Flush());
    }

    public async Task DisposeAsync() => await pages.DisposeAsync();

    [Fact]
    public async Task An_operator_deletes_a_job()
    {
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Operator);
        Assert.Equal("Enqueued", State());
        (await DeleteAsync(visitor, (await visitor.GetAsync("hangfire/jobs/enqueued/default")).Is(200).Text)).Is(204);
        Assert.Equal("Deleted", State());
    }

    [Fact]
    public async Task The_others_look()
    {
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Lead, Role.Reviewer, Role.Librarian, Role.Reader);
        var page = (await visitor.GetAsync("hangfire/jobs/enqueued/default")).Is(200).Text;
        Assert.DoesNotContain("/hangfire/jobs/enqueued/delete", page, StringComparison.Ordinal);
        Assert.InRange((int)(await DeleteAsync(visitor, page)).Status, 400, 499);
        Assert.Equal("Enqueued", State());
    }

    [Fact]
    public async Task A_stranger_and_another_site_do_nothing()
    {
        using var stranger = pages.Visit();
        (await stranger.PostFromElsewhereAsync("hangfire/jobs/enqueued/delete", ("jobs[]", job))).Is(401);
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Operator);
        Assert.InRange((int)(await visitor.PostFromElsewhereAsync("hangfire/jobs/enqueued/delete", ("jobs[]", job))).Status, 400, 499);
        Assert.Equal("Enqueued", State());
        // A cookie whose session has ended opens nothing.
        visitor.Cookies["cartingest-session"] = "x" + visitor.Cookies["cartingest-session"];
        Assert.StartsWith("/login", (await visitor.GetAsync("hangfire")).Is(302).Location, StringComparison.Ordinal);
    }

    private string State()
    {
        using var connection = pages.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetStateData(job).Name;
    }

    private async Task<Shown> DeleteAsync(Visitor visitor, string page)
    {
        if (Token().Match(page) is { Success: true } token)
        {
            visitor.Headers[Header().Match(page).Groups["name"].Value] = token.Groups["token"].Value;
        }

        return await visitor.PostFromElsewhereAsync("hangfire/jobs/enqueued/delete", ("jobs[]", job));
    }

    [GeneratedRegex("name=\"csrf-header\" content=\"(?<name>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Header();

    [GeneratedRegex("name=\"csrf-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
