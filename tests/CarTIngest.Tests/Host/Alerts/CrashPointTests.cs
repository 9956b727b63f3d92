using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>Who hands over dies at every step there is; another goes on. With the spool each mail is there once, whether or not somebody fetched it meanwhile; with SMTP what is unclear is named.</summary>
public sealed class CrashPointTests : IDisposable
{
    private readonly OutboxWorld world = new(new AlertsOptions { WhenAmbiguous = AmbiguousPolicy.Hold });
    private readonly DirectoryInfo spool = Directory.CreateTempSubdirectory("cartingest-spool-");

    public enum Step
    {
        BeforeAnything,
        WhenWritten,
        WhenNoted,
        WhenHandedOver,
    }

    public static TheoryData<Step, bool> SpoolSteps
    {
        get
        {
            var steps = new TheoryData<Step, bool>();
            foreach (var step in Enum.GetValues<Step>())
            {
                steps.Add(step, false);
                steps.Add(step, true);
            }

            return steps;
        }
    }

    public void Dispose()
    {
        world.Dispose();
        spool.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(SpoolSteps))]
    public async Task With_the_spool_none_is_lost_and_none_doubled(Step step, bool fetched)
    {
        await world.AddAsync("a", "b", "c");
        var got = new List<string>();
        await Assert.ThrowsAsync<DiedException>(() => world.Courier(new DyingChannel(Spool, step)).RunAsync(CancellationToken.None));
        Fetch(fetched, got);

        await world.CourierAs("two", "one", Spool).RunAsync(CancellationToken.None);
        await world.CourierAs("three", "two", Spool).RunAsync(CancellationToken.None);
        Fetch(true, got);

        Assert.Equal((await world.RowsAsync()).Select(row => $"{world.Face.MessageId(row)}.eml").Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
        Assert.All(await world.RowsAsync(), row => Assert.Equal(OutboxState.Sent, row.State));
        Assert.Empty(spool.GetFiles(".*.tmp"));
    }

    [Theory]
    [InlineData(Step.BeforeAnything, OutboxState.Sent, 1)]
    [InlineData(Step.WhenWritten, OutboxState.Sent, 1)]
    [InlineData(Step.WhenNoted, OutboxState.Ambiguous, 0)]
    [InlineData(Step.WhenHandedOver, OutboxState.Ambiguous, 1)]
    public async Task With_SMTP_what_may_have_been_received_is_named_and_nothing_else(Step step, OutboxState first, int copies)
    {
        await using var server = new ScriptedSmtp();
        await world.AddAsync("a", "b");
        await Assert.ThrowsAsync<DiedException>(() => world.Courier(new DyingChannel(world.SmtpTo(server), step)).RunAsync(CancellationToken.None));

        await world.CourierAs("two", "one", world.SmtpTo(server)).RunAsync(CancellationToken.None);

        Assert.Equal([first, OutboxState.Sent], (await world.RowsAsync()).Select(row => row.State));
        Assert.Equal(copies, server.Received.Count(mail => mail.Contains("Subject: Subject a", StringComparison.Ordinal)));
        Assert.Equal(1, server.Received.Count(mail => mail.Contains("Subject: Subject b", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("elsewhere", "here")]
    [InlineData("", "another")]
    public async Task What_was_given_to_another_folder_or_by_another_machine_is_not_called_sent(string folder, string machine)
    {
        await world.AddAsync("a");
        await Assert.ThrowsAsync<DiedException>(() => world.Courier(new DyingChannel(Spool, Step.WhenHandedOver)).RunAsync(CancellationToken.None));
        Fetch(true, []);

        await world.CourierAs("two", "one", SpoolIn(Path.Combine(spool.FullName, folder), machine)).RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Ambiguous, (await world.RowAsync()).State);
    }

    [Fact]
    public async Task What_was_given_into_a_folder_whose_disk_is_away_is_not_called_sent()
    {
        await world.AddAsync("a");
        await Assert.ThrowsAsync<DiedException>(() => world.Courier(new DyingChannel(Spool, Step.WhenNoted)).RunAsync(CancellationToken.None));
        Array.ForEach(spool.GetFiles(), file => file.Delete());

        await world.CourierAs("two", "one", Spool).RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Ambiguous, (await world.RowAsync()).State);
    }

    [Fact]
    public async Task What_a_machine_wrote_and_did_not_name_is_handed_over_by_another_that_sees_its_folder()
    {
        await world.AddAsync("a");
        await Assert.ThrowsAsync<DiedException>(() => world.Courier(new DyingChannel(Spool, Step.WhenNoted)).RunAsync(CancellationToken.None));

        await world.CourierAs("two", "one", SpoolIn(spool.FullName, "another")).RunAsync(CancellationToken.None);

        Assert.Equal(OutboxState.Sent, (await world.RowAsync()).State);
        Assert.Single(spool.GetFiles("*.eml"));
        Assert.Empty(spool.GetFiles(".*.tmp"));
    }

    private SpoolChannel Spool => SpoolIn(spool.FullName, "here");

    private SpoolChannel SpoolIn(string folder, string machine) => new(new SpoolOptions { Folder = folder }, world.Letter, world.Face, world.Unsubscribe, machine);

    private void Fetch(bool now, List<string> got)
    {
        foreach (var file in now ? spool.GetFiles("*.eml").Where(file => !file.Name.StartsWith('.')) : [])
        {
            Assert.EndsWith("\r\n", File.ReadAllText(file.FullName), StringComparison.Ordinal);
            got.Add(file.Name);
            file.Delete();
        }
    }

    private sealed class DiedException : Exception;

    /// <summary>The process dies here: nothing is caught, nothing tidied up, nothing written any more.</summary>
    private sealed class DyingChannel(IAlertChannel inner, Step step) : IAlertChannel
    {
        public string Name => inner.Name;

        public async Task<HandOver> HandOverAsync(OutboxMessage message, Func<CancellationToken, Task<bool>> give, CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            if (step == Step.BeforeAnything)
            {
                throw new DiedException();
            }

            await inner.HandOverAsync(
                message,
                async stop => step == Step.WhenWritten ? throw new DiedException() : await give(stop) && (step == Step.WhenNoted ? throw new DiedException() : true),
                cancellationToken);
            throw new DiedException();
        }

        public string TargetOf(OutboxMessage message) => inner.TargetOf(message);

        public Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken) => inner.SettleAsync(message, cancellationToken);
    }
}
