using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace CarTIngest.Tests.Host.Alerts;

public sealed class SmtpChannelTests : IDisposable
{
    private readonly OutboxWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Hands_over_and_keeps_what_the_server_said()
    {
        await using var server = new ScriptedSmtp();
        await world.AddAsync("lead");

        var done = await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal(1, done.Sent);
        Assert.Equal((OutboxState.Sent, "2.0.0 taken"), await world.RowAsync() is var row ? (row.State, row.Said) : default);
        Assert.Contains($"Message-Id: <{world.Face.MessageId(row)}>", Assert.Single(server.Received), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("RCPT TO:<lead@review.example>", server.Commands);
    }

    [Fact]
    public async Task Closing_for_now_has_every_mail_wait_and_asks_the_server_once()
    {
        await using var server = new ScriptedSmtp().Says("CONNECT", "421 too busy");
        await world.AddAsync("a", "b");

        var done = await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Single(done.Faults);
        Assert.All(await world.RowsAsync(), row => Assert.Equal(OutboxState.Pending, row.State));
        Assert.All(await world.RowsAsync(), row => Assert.Contains("421", row.Said, StringComparison.Ordinal));
        Assert.Equal([1, 0], (await world.RowsAsync()).Select(row => row.Attempts));
    }

    [Fact]
    public async Task A_busy_mailbox_waits_alone_and_is_tried_again()
    {
        await using var server = new ScriptedSmtp().Says("RCPT", "450 4.2.1 mailbox busy", "250 ok");
        await world.AddAsync("a", "b");

        var done = await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);
        Assert.Equal((1, 1), (done.Sent, done.Waiting));
        Assert.Contains("450", (await world.RowsAsync())[0].Said, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None)).Sent);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_refused_for_good_with_what_was_said()
    {
        await using var server = new ScriptedSmtp().Says("RCPT", "550 5.1.1 no such user", "250 ok");
        await world.AddAsync("a", "b");

        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        var rows = await world.RowsAsync();
        Assert.Equal([OutboxState.Refused, OutboxState.Sent], rows.Select(row => row.State));
        Assert.Contains("550 5.1.1 no such user", rows[0].Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_refused_at_its_end_is_refused_for_good()
    {
        await using var server = new ScriptedSmtp().Says(".", "554 5.7.1 looks like spam");
        await world.AddAsync("a");

        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal((OutboxState.Refused, "554 5.7.1 looks like spam"), await world.RowAsync() is var row ? (row.State, row.Said) : default);
    }

    [Fact]
    public async Task A_wrong_password_is_a_fault_of_the_settings_and_refuses_nothing()
    {
        await using var server = new ScriptedSmtp { OffersLogin = true }.Says("AUTH", "535 5.7.8 bad credentials");
        await world.AddAsync("a", "b");

        var done = await world.Courier(world.SmtpTo(server, password: "planted-secret")).RunAsync(CancellationToken.None);

        Assert.Contains("Alerts:Smtp:Password", Assert.Single(done.Faults), StringComparison.Ordinal);
        Assert.All(await world.RowsAsync(), row => Assert.Equal(OutboxState.Pending, row.State));
        Assert.All(await world.RowsAsync(), row => Assert.DoesNotContain("planted-secret", row.Said, StringComparison.Ordinal));
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_refused_sender_is_a_fault_of_the_settings_too()
    {
        await using var server = new ScriptedSmtp().Says("MAIL", "550 5.7.1 sender not allowed");
        await world.AddAsync("a");

        var done = await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Contains("Alerts:Smtp:From", Assert.Single(done.Faults), StringComparison.Ordinal);
        Assert.Equal(OutboxState.Pending, (await world.RowAsync()).State);
    }

    [Fact]
    public async Task Dropped_after_the_final_dot_it_may_have_been_received_and_is_sent_once_more_by_the_same_name()
    {
        await using var server = new ScriptedSmtp().Says(".", ScriptedSmtp.Drop, "250 taken");
        await world.AddAsync("a");

        Assert.Equal(1, (await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None)).Ambiguous);
        Assert.Contains("may have been received", (await world.RowAsync()).Said, StringComparison.Ordinal);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        var row = await world.RowAsync();
        Assert.Equal((OutboxState.Sent, "taken", true), (row.State, row.Said, row.WasUnanswered));
        Assert.Equal(server.Received[0], Assert.Single(server.Received.Distinct()));
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Dropped_twice_it_waits_for_a_person()
    {
        await using var server = new ScriptedSmtp().Says(".", ScriptedSmtp.Drop);
        await world.AddAsync("a");

        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Ambiguous, (await world.RowAsync()).State);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Sent_again_by_a_person_and_dropped_again_it_waits_for_a_person_again()
    {
        await using var server = new ScriptedSmtp().Says(".", ScriptedSmtp.Drop);
        using var holding = new OutboxWorld(new AlertsOptions { WhenAmbiguous = AmbiguousPolicy.Hold });
        await holding.AddAsync("a");
        await holding.Courier(holding.SmtpTo(server)).RunAsync(CancellationToken.None);
        Assert.True(await new OutboxWishes(holding.Stores, holding.Clock).ResendAsync((await holding.RowAsync()).Id, CancellationToken.None));

        var resending = new Courier([holding.SmtpTo(server)], new OutboxMoves(holding.Stores, holding.Clock, TestStore.Holder("one")), new AlertsOptions(), holding.Clock, NullLogger<Courier>.Instance);
        await resending.RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Ambiguous, (await holding.RowAsync()).State);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task What_a_server_says_is_words_alone_and_decides_nothing()
    {
        await using var server = new ScriptedSmtp().Says("RCPT", $"450 4.2.1 {OutboxMoves.Unanswered}", "250 ok").Says(".", ScriptedSmtp.Drop);
        await world.AddAsync("a");
        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);
        Assert.Equal((true, false), await world.RowAsync() is var put ? (put.Said?.Contains(OutboxMoves.Unanswered, StringComparison.Ordinal), put.WasUnanswered) : default);

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal((OutboxState.Pending, true), await world.RowAsync() is var row ? (row.State, row.WasUnanswered) : default);
    }

    [Fact]
    public async Task Held_by_policy_what_may_have_been_received_is_not_sent_again()
    {
        using var holding = new OutboxWorld(new AlertsOptions { WhenAmbiguous = AmbiguousPolicy.Hold });
        await using var server = new ScriptedSmtp().Says(".", ScriptedSmtp.Drop);
        await holding.AddAsync("a");

        await holding.Courier(holding.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Ambiguous, (await holding.RowAsync()).State);
    }

    [Theory]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task Dropped_before_the_message_was_given_it_simply_waits(string at)
    {
        await using var server = new ScriptedSmtp().Says(at, ScriptedSmtp.Drop);
        await world.AddAsync("a");

        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        var row = await world.RowAsync();
        Assert.Equal(OutboxState.Pending, row.State);
        Assert.DoesNotContain("may have been received", row.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_listens_there_and_nothing_is_lost()
    {
        var server = new ScriptedSmtp();
        var channel = world.SmtpTo(server);
        await server.DisposeAsync();
        await world.AddAsync("a");

        Assert.Single((await world.Courier(channel).RunAsync(CancellationToken.None)).Faults);
        Assert.Equal(OutboxState.Pending, (await world.RowAsync()).State);
    }

    [Fact]
    public async Task Over_STARTTLS_it_signs_in_and_hands_over()
    {
        await using var server = new ScriptedSmtp { Certificate = ScriptedSmtp.SelfMade(), OffersLogin = true };
        await world.AddAsync("a");

        var done = await world.Courier(world.SmtpTo(server, SmtpSecurity.StartTls, "secret", server.Certificate)).RunAsync(CancellationToken.None);

        Assert.Equal(1, done.Sent);
        Assert.True(server.Commands.FindIndex(line => line == "STARTTLS") < server.Commands.FindIndex(line => line.StartsWith("AUTH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        await using var server = new ScriptedSmtp { Certificate = ScriptedSmtp.SelfMade(), OffersLogin = true };
        await world.AddAsync("a");

        var done = await world.Courier(world.SmtpTo(server, SmtpSecurity.StartTls, "secret")).RunAsync(CancellationToken.None);

        Assert.Contains("certificate", Assert.Single(done.Faults), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing_where_it_is_asked_for()
    {
        await using var server = new ScriptedSmtp { OffersLogin = true };
        await world.AddAsync("a");

        var done = await world.Courier(world.SmtpTo(server, SmtpSecurity.StartTls, "secret")).RunAsync(CancellationToken.None);

        Assert.Contains("Alerts:Smtp:Security", Assert.Single(done.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_while_the_message_is_given_waits_for_its_answer_and_keeps_it()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedSmtp { WhenTaken = stop.CancelAsync };
        await world.AddAsync("a", "b");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Courier(world.SmtpTo(server)).RunAsync(stop.Token));

        Assert.Equal([(OutboxState.Sent, "2.0.0 taken"), (OutboxState.Pending, null)], (await world.RowsAsync()).Select(row => (row.State, row.Said)));
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever_and_what_stayed_unclear_is_named()
    {
        using var stop = new CancellationTokenSource();
        var answers = new TaskCompletionSource();
        await using var server = new ScriptedSmtp
        {
            WhenTaken = async () =>
            {
                await stop.CancelAsync();
                world.Clock.Advance(HandOverTerm.Grace);
                await answers.Task;
            },
        };
        await world.AddAsync("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Courier(world.SmtpTo(server)).RunAsync(stop.Token));
        answers.SetResult();

        Assert.Equal((OutboxState.Pending, true), await world.RowAsync() is var row ? (row.State, row.WasUnanswered) : default);
    }

    [Fact]
    public async Task A_stop_before_the_message_is_given_leaves_it_waiting_as_it_was()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedSmtp { WhenMet = stop.CancelAsync };
        await world.AddAsync("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Courier(world.SmtpTo(server)).RunAsync(stop.Token));

        Assert.Equal((OutboxState.Pending, null), await world.RowAsync() is var row ? (row.State, row.Said) : default);
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData(false, OutboxState.Refused, null)]
    [InlineData(true, OutboxState.Sent, "RCPT TO:<jürgen@review.example>")]
    public async Task An_address_with_other_letters_goes_to_a_server_that_takes_such_and_the_next_mail_goes_out_either_way(bool offersUtf8, OutboxState ends, string? asked)
    {
        await using var server = new ScriptedSmtp { OffersUtf8 = offersUtf8 };
        await world.AddAsync(OutboxWorld.Draft("a") with { Recipient = "jürgen@review.example" });
        await world.AddAsync("b");

        await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal([ends, OutboxState.Sent], (await world.RowsAsync()).Select(row => row.State));
        Assert.Equal(asked, server.Commands.Find(command => command.Contains("jürgen", StringComparison.Ordinal)));
        Assert.Equal(offersUtf8, server.Commands.Exists(command => command.EndsWith(" SMTPUTF8", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(91, false)]
    [InlineData(0, false)]
    public void A_question_is_not_waited_for_longer_than_a_hand_over_may_take(int seconds, bool fits) =>
        Assert.Equal(fits, !new AlertsOptions { Smtp = new SmtpOptions { TimeoutSeconds = seconds } }.Faults().Any(fault => fault.Contains("TimeoutSeconds", StringComparison.Ordinal)));

    [Fact]
    public async Task What_was_never_taken_in_five_days_is_refused_and_not_tried_for_ever()
    {
        await using var server = new ScriptedSmtp().Says("RCPT", "450 4.2.1 mailbox busy");
        await world.AddAsync("a");

        for (var day = 0; day < 7; day++)
        {
            await world.Courier(world.SmtpTo(server)).RunAsync(CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal((OutboxState.Refused, 6), await world.RowAsync() is var row ? (row.State, row.Attempts - 1) : default);
        Assert.StartsWith("Given up after five days: 450", row.Said, StringComparison.Ordinal);
    }
}
