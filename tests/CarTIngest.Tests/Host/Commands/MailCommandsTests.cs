using CarTIngest.Host.Storage;

namespace CarTIngest.Tests.Host.Commands;

public sealed class MailCommandsTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task The_demo_leaves_mail_beside_its_store_and_says_where()
    {
        var demo = (await cartingest.RunAsync("demo", "--exit", "--store", "store")).Ends(0);

        Assert.Contains("Mail of these nights: ", demo.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(cartingest.InFolder(Path.Combine("store", "mail")), "*.eml").Length);
        Assert.Contains("\"outbox\":{\"pending\":0,\"sent\":2,\"ambiguous\":0,\"refused\":0}", (await cartingest.CallAsync("status", "--json", "--store", "store")).Ends(0).Out, StringComparison.Ordinal);
        var digest = (await cartingest.CallAsync("digest", "--for", "reviewer", "--since", "1", "--store", "store")).Ends(0);
        Assert.StartsWith("Subject: 1 retraction or concern, results of 1 trial", digest.Out, StringComparison.Ordinal);
        Assert.Contains("“Sponsor decision after two deaths", digest.Out, StringComparison.Ordinal);
        Assert.Contains("Everything that was written is sent.", (await cartingest.CallAsync("outbox", "--store", "store")).Ends(0).Out, StringComparison.Ordinal);
        (await cartingest.CallAsync("outbox", "resend", "1", "--store", "store")).Refuses(2, "no message 1");
        (await cartingest.CallAsync("digest", "--for", "nobody", "--store", "store")).Refuses(2, "nobody");
    }

    [Fact]
    public async Task What_waits_is_listed_with_what_was_said_and_ended_by_a_person()
    {
        var stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={cartingest.InFolder("cartingest.db")}" });
        await stores.MigrateAsync(CancellationToken.None);
        await using (var store = stores.Open())
        {
            await OutboxBook.AddAsync(store, [new OutboxDraft("k", "alert", "mail", "a@review.example", null, "study", null, "Stopped", "text")], TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        Assert.Equal("pending", (await cartingest.CallAsync("outbox", "--json")).Ends(0).Json.Single().GetProperty("state").GetString());
        (await cartingest.CallAsync("outbox", "withdraw", "1")).Ends(0);
        Assert.Empty((await cartingest.CallAsync("outbox", "--json")).Ends(0).Json);
    }

    [Fact]
    public async Task A_message_that_was_given_without_an_answer_says_so_beside_what_was_said_since()
    {
        var stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={cartingest.InFolder("cartingest.db")}" });
        await stores.MigrateAsync(CancellationToken.None);
        await using (var store = stores.Open())
        {
            await OutboxBook.AddAsync(store, [new OutboxDraft("k", "alert", "mail", "a@review.example", null, "study", null, "Stopped", "text")], TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        var moves = new OutboxMoves(stores, TimeProvider.System, TestStore.Holder("test"));
        var held = await moves.ClaimAsync(["mail"], CancellationToken.None);
        await moves.GiveAsync(held!, "mail.example:587", CancellationToken.None);
        Assert.Contains("Being given to mail.example:587; no answer yet.", (await cartingest.CallAsync("outbox")).Ends(0).Out, StringComparison.Ordinal);
        await moves.OnceMoreAsync(held!, TimeProvider.System.GetUtcNow(), OutboxMoves.Unanswered, CancellationToken.None);
        held = await moves.ClaimAsync(["mail"], CancellationToken.None);
        await moves.AgainAsync(held!, TimeProvider.System.GetUtcNow(), "450 busy", CancellationToken.None);

        Assert.Contains("450 busy It may have been received: an earlier hand-over was not answered.", (await cartingest.CallAsync("outbox")).Ends(0).Out, StringComparison.Ordinal);
        var row = (await cartingest.CallAsync("outbox", "--json")).Ends(0).Json.Single();
        Assert.Equal(("450 busy", true), (row.GetProperty("said").GetString(), row.GetProperty("wasUnanswered").GetBoolean()));
    }

    [Fact]
    public async Task The_doctor_tells_of_a_message_that_waits_where_the_condition_tells_of_it_and_of_nobody_to_tell_with_what_to_do()
    {
        var stores = new StoreFactory(new StorageOptions { ConnectionString = $"Data Source={cartingest.InFolder("cartingest.db")}" });
        await stores.MigrateAsync(CancellationToken.None);
        await using (var store = stores.Open())
        {
            await OutboxBook.AddAsync(store, [new OutboxDraft("k", "alert", "mail", "a@review.example", null, "study", null, "Stopped", "text")], TimeProvider.System.GetUtcNow().AddHours(-3), CancellationToken.None);
        }

        string[] call = ["doctor", "--json", "--set", "Http:Retries=0", "--set", "Sources:PubMed:BaseAddress=http://127.0.0.1:9/", "--set", "Sources:ClinicalTrials:BaseAddress=http://127.0.0.1:9/"];
        async Task<bool> IsWellAsync(string check, params string[] more) =>
            (await cartingest.CallAsync([.. call, .. more])).Ends(3).Json.Single(line => line.GetProperty("check").GetString() == check).GetProperty("ok").GetBoolean();

        string[] told = ["--set", "Alerts:To=lead@review.example"];
        Assert.Equal((true, false), (await IsWellAsync("mail", told), await IsWellAsync("outbox", told)));
        Assert.False(await IsWellAsync("mail"));
        Assert.True(await IsWellAsync("outbox", "--set", "Watchdog:OutboxHours=4"));
        var nobody = (await cartingest.CallAsync(call)).Ends(3).Json.Single(line => line.GetProperty("check").GetString() == "mail");
        Assert.StartsWith("Nobody is told anything", nobody.GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.Contains("/setup", nobody.GetProperty("do").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Alerts:Transport=pigeon")]
    [InlineData("Alerts:To=nobody")]
    [InlineData("Alerts:Smtp:Hots=mail.example")]
    [InlineData("Alerts:Transport=smtp")]
    [InlineData("Alerts:At=25:00")]
    public async Task Settings_of_mail_that_cannot_be_used_are_refused(string setting) => (await cartingest.CallAsync("status", "--set", setting)).Refuses(4, setting.Split('=')[0].Split(':')[^1]);
}
