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
        Assert.Empty(spool.GetFiles(".*"));
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

    private SpoolChannel Spool => new(new SpoolOptions { Folder = spool.FullName }, world.Letter, world.Face, world.Unsubscribe);

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

        public Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken) => inner.SettleAsync(message, cancellationToken);
    }
}
