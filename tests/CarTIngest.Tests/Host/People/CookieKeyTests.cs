using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Tests.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.People;

/// <summary>The keys of the cookies are shared by the store and sealed with a key that is not in it.</summary>
public sealed class CookieKeyTests
{
    private static readonly PeopleOptions Keyed = new() { CookieKey = "a planted cookie key that nobody may read" };

    [Fact]
    public async Task Several_web_processes_know_each_others_cookies()
    {
        using var store = new TestStore();
        await using var first = await PagesUnderTest.StartAsync(people: Keyed, store: store);
        using var visitor = await first.VisitAsAsync("ada@hospital.example", Role.Reviewer);
        await using var second = await PagesUnderTest.StartAsync(people: Keyed, store: store);
        using var elsewhere = second.Visit();
        foreach (var (name, value) in visitor.Cookies)
        {
            elsewhere.Cookies[name] = value;
        }

        (await elsewhere.GetAsync("")).Is(200).Says("Name of ada@hospital.example");
    }

    [Fact]
    public async Task Another_key_ends_all_sessions_and_nothing_else()
    {
        using var store = new TestStore();
        await using var first = await PagesUnderTest.StartAsync(people: Keyed, store: store);
        using var visitor = await first.VisitAsAsync("ada@hospital.example", Role.Reviewer);
        await using var second = await PagesUnderTest.StartAsync(people: Keyed with { CookieKey = "another key that is as long as it needs to be" }, store: store);
        using var later = second.Visit();
        foreach (var (name, value) in visitor.Cookies)
        {
            later.Cookies[name] = value;
        }

        Assert.Equal(1, await second.WithAsync<CookieKeyCheck, int>(check => check.RunAsync(CancellationToken.None)));
        Assert.Contains("everybody logs in again", second.Log.All, StringComparison.Ordinal);
        (await later.GetAsync("")).LeadsTo("/login");
        (await later.LogInAsync("ada@hospital.example")).Is(302);
        (await later.GetAsync("")).Is(200);
    }

    [Fact]
    public async Task Neither_the_key_nor_what_it_seals_is_in_the_store_or_the_log()
    {
        using var store = new TestStore();
        await using var pages = await PagesUnderTest.StartAsync(people: Keyed, store: store);
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Reviewer);
        await using var open = store.Stores.Open();
        var kept = await open.DataProtectionKeys.AsNoTracking().SingleAsync();

        Assert.DoesNotContain("masterKey", kept.Xml, StringComparison.Ordinal);
        Assert.Contains("<sealed", kept.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", kept.Xml + pages.Log.All, StringComparison.Ordinal);
        var sealedText = System.Xml.Linq.XElement.Parse(kept.Xml!).Descendants("sealed").Single().Value;
        var plain = CookieKey.Of(Keyed, store.Options).Open(sealedText);
        Assert.Contains("masterKey", plain, StringComparison.Ordinal);
        var master = System.Xml.Linq.XElement.Parse(plain).Descendants().First(element => !element.HasElements && element.Value.Length > 40).Value;
        Assert.DoesNotContain(master, pages.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_setting_a_file_that_its_owner_alone_reads_holds_one()
    {
        using var store = new TestStore(CarTIngest.Host.Storage.StorageProvider.Sqlite);
        var sealedText = CookieKey.Of(new PeopleOptions(), store.Options).Seal("what nobody may read");
        var file = Path.Combine(Path.GetDirectoryName(store.File)!, CookieKey.FileName);

        Assert.Equal("what nobody may read", CookieKey.Of(new PeopleOptions(), store.Options).Open(sealedText));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        File.Delete(file);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => CookieKey.Of(new PeopleOptions(), store.Options).Open(sealedText));
    }

    [Fact]
    public void A_short_key_is_a_fault_of_the_settings() =>
        Assert.Contains("at least 32", Assert.Single(new PeopleOptions { CookieKey = "short" }.Faults()), StringComparison.Ordinal);
}
