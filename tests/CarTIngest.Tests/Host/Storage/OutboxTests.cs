using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class OutboxTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Mail = ["mail"];

    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_same_thing_written_twice_is_one_message()
    {
        Assert.Equal(2, await AddAsync("a", "b"));
        Assert.Equal(1, await AddAsync("b", "c"));

        Assert.Equal(new OutboxCounts(3, 0, 0, 0), await Book.CountAsync(CancellationToken.None));
        Assert.Equal(["a", "b", "c"], (await Book.OpenAsync(CancellationToken.None)).Select(row => row.Key));
    }

    [Theory]
    [InlineData(OutboxKind.Digest, false, true)]
    [InlineData(OutboxKind.Operator, true, false)]
    [InlineData(OutboxKind.Operator, false, true)]
    public async Task Nothing_goes_out_that_its_recipient_ended_while_it_was_in_hand_nor_to_who_was_locked(string kind, bool ended, bool locked)
    {
        long id;
        await using (var open = store.Stores.Open())
        {
            var account = new Account { Name = "ada", UserName = "ada", Email = "ada@review.example", CreatedAt = clock.GetUtcNow(), UnsubscribeId = "u", Digest = ended ? DigestRhythm.Never : null, AtOnce = !ended, LockoutEnd = locked ? Account.EndOfTime : null };
            open.Accounts.Add(account);
            await open.SaveChangesAsync();
            id = account.Id;
            await OutboxBook.AddAsync(open, [new OutboxDraft("k", kind, "mail", "ada@review.example", id, "topic", null, "Subject", "Text")], clock.GetUtcNow(), CancellationToken.None);
        }

        Assert.Equal(locked, await As("one").ClaimAsync(Mail, CancellationToken.None) is null);
        Assert.Equal(locked ? 0 : 1, (await Book.OpenAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_message_is_as_it_was_written()
    {
        await using (var open = store.Stores.Open())
        {
            await OutboxBook.AddAsync(open, [new OutboxDraft("k", "alert", "mail", "a@b.example", null, "study nct:NCT1", 7, "Sübject", "text", "<p>text</p>")], clock.GetUtcNow(), CancellationToken.None);
        }

        var row = Assert.Single(await Book.OpenAsync(CancellationToken.None));
        Assert.Equal(("k", "alert", "mail", "a@b.example", (long?)null, "study nct:NCT1"), (row.Key, row.Kind, row.Channel, row.Recipient, row.AccountId, row.Topic));
        Assert.Equal(((long?)7, "Sübject", "text", "<p>text</p>", OutboxState.Pending, clock.GetUtcNow(), clock.GetUtcNow()), (row.RunId, row.Subject, row.Text, row.Html, row.State, row.CreatedAt, row.NextAttemptAt));
    }

    [Fact]
    public async Task A_message_whose_transaction_is_rolled_back_was_never_written()
    {
        await using (var open = store.Stores.Open())
        await using (await open.Database.BeginTransactionAsync())
        {
            await OutboxBook.AddAsync(open, [Draft("a")], clock.GetUtcNow(), CancellationToken.None);
        }

        Assert.Empty(await Book.OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Two_who_deliver_never_hold_the_same_message()
    {
        await AddAsync("a", "b");

        var (first, second) = (await As("one").ClaimAsync(Mail, CancellationToken.None), await As("two").ClaimAsync(Mail, CancellationToken.None));

        Assert.Equal(["a", "b"], [first!.Key, second!.Key]);
        Assert.Null(await As("three").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_channel_that_is_not_asked_for_keeps_its_messages()
    {
        await AddAsync("a");

        Assert.Null(await As("one").ClaimAsync(["webhook"], CancellationToken.None));
        Assert.NotNull(await As("one").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_sent_is_not_claimed_again()
    {
        await AddAsync("a");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);

        Assert.True(await As("one").SentAsync(held!, "250 ok", CancellationToken.None));

        Assert.Null(await As("one").ClaimAsync(Mail, CancellationToken.None));
        Assert.Equal(new OutboxCounts(0, 1, 0, 0), await Book.CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_shall_wait_is_claimed_when_its_time_has_come()
    {
        await AddAsync("a");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);
        await As("one").AgainAsync(held!, clock.GetUtcNow().AddMinutes(5), "450 busy", CancellationToken.None);
        Assert.Null(await As("one").ClaimAsync(Mail, CancellationToken.None));

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((2, "450 busy"), await As("one").ClaimAsync(Mail, CancellationToken.None) is { } again ? (again.Attempts, again.Said) : default);
    }

    [Fact]
    public async Task A_channel_that_fails_has_all_its_messages_wait()
    {
        await AddAsync("a", "b");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);
        await As("one").AgainAsync(held!, clock.GetUtcNow(), "535", CancellationToken.None);

        Assert.Equal(2, await As("one").PostponeAsync("mail", clock.GetUtcNow().AddMinutes(5), "535", CancellationToken.None));

        Assert.Null(await As("one").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_hand_over_whose_holder_died_before_anything_was_given_waits_again()
    {
        await AddAsync("a");
        await As("one").ClaimAsync(Mail, CancellationToken.None);

        Assert.Empty(await As("two", dead: "one").BrokenOffAsync(CancellationToken.None));

        Assert.NotNull(await As("two").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_hand_over_whose_holder_died_when_it_was_given_is_unclear_and_named_once()
    {
        await AddAsync("a");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);
        Assert.True(await As("one").GiveAsync(held!, "there", CancellationToken.None));

        var unclear = Assert.Single(await As("two", dead: "one").BrokenOffAsync(CancellationToken.None));
        Assert.Empty(await As("three").BrokenOffAsync(CancellationToken.None));
        await As("two").AmbiguousAsync(unclear, OutboxMoves.Unanswered, CancellationToken.None);

        Assert.Equal(new OutboxCounts(0, 0, 1, 0), await Book.CountAsync(CancellationToken.None));
        Assert.True(Assert.Single(await Book.OpenAsync(CancellationToken.None)).WasUnanswered);
    }

    [Fact]
    public async Task To_give_it_is_noted_beside_what_was_said_before_and_a_new_attempt_has_given_nothing_yet()
    {
        await AddAsync("a");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);
        await As("one").AgainAsync(held!, clock.GetUtcNow(), "450 busy", CancellationToken.None);
        held = await As("one").ClaimAsync(Mail, CancellationToken.None);

        Assert.True(await As("one").GiveAsync(held!, "there", CancellationToken.None));
        Assert.Equal(("450 busy", "there", false), Assert.Single(await Book.OpenAsync(CancellationToken.None)) is var given ? (given.Said, given.GivenTo, given.WasUnanswered) : default);

        await As("one").OnceMoreAsync(held!, clock.GetUtcNow(), OutboxMoves.Unanswered, CancellationToken.None);
        Assert.Equal((null, true), await As("two").ClaimAsync(Mail, CancellationToken.None) is { } again ? (again.GivenTo, again.WasUnanswered) : ("", false));
        Assert.Empty(await As("three", dead: "two").BrokenOffAsync(CancellationToken.None));
        Assert.Equal((OutboxState.Pending, true), Assert.Single(await Book.OpenAsync(CancellationToken.None)) is var waits ? (waits.State, waits.WasUnanswered) : default);
    }

    [Fact]
    public async Task Whatever_words_a_row_holds_a_hand_over_that_was_not_given_waits_again()
    {
        await AddAsync("a");
        var held = await As("one").ClaimAsync(Mail, CancellationToken.None);
        await As("one").AgainAsync(held!, clock.GetUtcNow(), "The message is being given; no answer yet. To “there”.", CancellationToken.None);
        await As("one").ClaimAsync(Mail, CancellationToken.None);

        Assert.Empty(await As("two", dead: "one").BrokenOffAsync(CancellationToken.None));
        Assert.NotNull(await As("two").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task What_comes_back_from_a_backup_waits_for_a_person_and_remembers_what_was_not_answered()
    {
        await AddAsync("a", "b", "c");
        var (given, unanswered, sent) = (await As("one").ClaimAsync(Mail, CancellationToken.None), await As("one").ClaimAsync(Mail, CancellationToken.None), await As("one").ClaimAsync(Mail, CancellationToken.None));
        await As("one").GiveAsync(given!, "there", CancellationToken.None);
        await As("one").OnceMoreAsync(unanswered!, clock.GetUtcNow(), OutboxMoves.Unanswered, CancellationToken.None);
        await As("one").SentAsync(sent!, "250 ok", CancellationToken.None);

        await using (var open = store.Stores.Open())
        {
            Assert.Equal(2, await OutboxMoves.HoldRestoredAsync(open, CancellationToken.None));
        }

        Assert.Equal(
            [(OutboxState.Ambiguous, OutboxMoves.Restored, false), (OutboxState.Ambiguous, OutboxMoves.Restored, true)],
            (await Book.OpenAsync(CancellationToken.None)).Select(row => (row.State, row.Said, row.WasUnanswered)));
        Assert.Empty(await As("two", dead: "one").BrokenOffAsync(CancellationToken.None));
        Assert.True(await Wishes.ResendAsync(given!.Id, CancellationToken.None));
        Assert.Null((await As("two").ClaimAsync(Mail, CancellationToken.None))!.GivenTo);
    }

    [Fact]
    public async Task A_holder_who_slept_past_his_term_gives_nothing_and_says_nothing_more()
    {
        await AddAsync("a");
        var sleeper = await As("one").ClaimAsync(Mail, CancellationToken.None);
        clock.Advance(OutboxMoves.Term);
        await As("two").BrokenOffAsync(CancellationToken.None);
        var next = await As("two").ClaimAsync(Mail, CancellationToken.None);

        Assert.False(await As("one").GiveAsync(sleeper!, "there", CancellationToken.None));
        Assert.False(await As("one").RefusedAsync(sleeper!, "550", CancellationToken.None));
        Assert.True(await As("two").SentAsync(next!, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_living_holder_keeps_what_he_holds_until_his_term()
    {
        await AddAsync("a");
        await As("one").ClaimAsync(Mail, CancellationToken.None);
        clock.Advance(OutboxMoves.Term - TimeSpan.FromSeconds(1));

        Assert.Empty(await As("two").BrokenOffAsync(CancellationToken.None));
        Assert.Null(await As("two").ClaimAsync(Mail, CancellationToken.None));
    }

    [Fact]
    public async Task A_person_sends_again_or_withdraws_what_did_not_go_out_and_nothing_else()
    {
        await AddAsync("a", "b");
        var (first, second) = (await As("one").ClaimAsync(Mail, CancellationToken.None), await As("one").ClaimAsync(Mail, CancellationToken.None));
        Assert.False(await Wishes.ResendAsync(first!.Id, CancellationToken.None));
        await As("one").RefusedAsync(first, "550", CancellationToken.None);
        await As("one").SentAsync(second!, null, CancellationToken.None);

        Assert.True(await Wishes.ResendAsync(first.Id, CancellationToken.None));
        Assert.True(await Wishes.WithdrawAsync(first.Id, "not wanted", CancellationToken.None));

        Assert.False(await Wishes.ResendAsync(second!.Id, CancellationToken.None));
        Assert.False(await Wishes.WithdrawAsync(second.Id, "not wanted", CancellationToken.None));
        Assert.Equal(new OutboxCounts(0, 1, 0, 0), await Book.CountAsync(CancellationToken.None));
    }

    private OutboxBook Book => new(store.Stores);

    private OutboxWishes Wishes => new(store.Stores, clock);

    private OutboxMoves As(string name, string? dead = null) => new(store.Stores, clock, new LeaseHolder(name, holder => holder == dead));

    private async Task<int> AddAsync(params string[] keys)
    {
        await using var open = store.Stores.Open();
        return await OutboxBook.AddAsync(open, [.. keys.Select(Draft)], clock.GetUtcNow(), CancellationToken.None);
    }

    private static OutboxDraft Draft(string key) => new(key, "digest", "mail", "lead@review.example", null, "digest", null, "subject", "text");
}
