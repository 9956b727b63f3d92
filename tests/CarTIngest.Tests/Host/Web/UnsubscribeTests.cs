using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Web;

/// <summary>RFC 8058: one POST, by a program that has no cookie and saw no page, and never by looking.</summary>
public sealed class UnsubscribeTests : IAsyncLifetime
{
    private PagesUnderTest pages = null!;

    public async Task InitializeAsync()
    {
        pages = await PagesUnderTest.StartAsync();
        foreach (var email in new[] { "ada@hospital.example", "eve@hospital.example" })
        {
            await pages.AddAsync(email, Role.Reviewer);
        }

        await using var store = pages.Store.Stores.Open();
        foreach (var account in await store.Accounts.ToListAsync())
        {
            store.Outbox.Add(Message(account, "alarm", OutboxState.Pending, "operator"));
            store.Outbox.Add(Message(account, "waits", OutboxState.Pending));
            store.Outbox.Add(Message(account, "sent", OutboxState.Sent));
        }

        await store.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await pages.DisposeAsync();

    [Fact]
    public async Task Ends_all_mail_to_one_person_what_waits_included()
    {
        var id = await IdAsync();
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await program.PostAsync(new Uri(pages.Address, $"unsubscribe/{id}"), oneClick);

        Assert.Equal((200, false), ((int)answer.StatusCode, answer.Headers.Contains("Set-Cookie")));
        Assert.Equal(
            ["ada@hospital.example Never False alarm=Pending sent=Sent waits=Withdrawn", "eve@hospital.example  True alarm=Pending sent=Sent waits=Pending"],
            await StateAsync());
    }

    [Fact]
    public async Task Does_nothing_on_looking_and_tells_nobody_which_ids_there_are()
    {
        var before = await StateAsync();
        using var visitor = pages.Visit();
        var id = await IdAsync();
        var known = await visitor.GetAsync($"unsubscribe/{id}");
        var unknown = await visitor.GetAsync("unsubscribe/unknown");
        Assert.Equal(known.Is(200).Says("End all mail to me").Text.Replace(id, "", StringComparison.Ordinal), unknown.Is(200).Text.Replace("unknown", "", StringComparison.Ordinal));
        Assert.Empty(known.SetCookies);
        Assert.Equal(before, await StateAsync());

        using var form = new FormUrlEncodedContent([]);
        var toNobody = await visitor.SendAsync(HttpMethod.Post, "unsubscribe/unknown", form);
        Assert.Equal(before, await StateAsync());
        using var again = new FormUrlEncodedContent([]);
        Assert.Equal(toNobody.Is(200).Text, (await visitor.SendAsync(HttpMethod.Post, $"unsubscribe/{id}", again)).Is(200).Text);
    }

    private static OutboxMessage Message(Account account, string what, OutboxState state, string kind = "digest") => new()
    {
        Key = $"{what} {account.Id}",
        Kind = kind,
        Channel = "mail",
        Recipient = account.Email!,
        AccountId = account.Id,
        Topic = what,
        Subject = what,
        Text = what,
        CreatedAt = account.CreatedAt,
        NextAttemptAt = account.CreatedAt,
        State = state,
    };

    private async Task<string> IdAsync()
    {
        await using var store = pages.Store.Stores.Open();
        return await store.Accounts.Where(account => account.Email == "ada@hospital.example").Select(account => account.UnsubscribeId).SingleAsync();
    }

    private async Task<IReadOnlyList<string>> StateAsync()
    {
        await using var store = pages.Store.Stores.Open();
        var messages = (await store.Outbox.AsNoTracking().ToListAsync()).ToLookup(message => message.AccountId);
        return
        [
            .. (await store.Accounts.AsNoTracking().OrderBy(account => account.Email).ToListAsync())
                .Select(account => $"{account.Email} {account.Digest} {account.AtOnce} {string.Join(' ', messages[account.Id].OrderBy(message => message.Subject, StringComparer.Ordinal).Select(message => $"{message.Subject}={message.State}"))}"),
        ];
    }
}
