using System.Collections.Concurrent;
using System.Globalization;
using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Workers;

/// <summary>
/// Both services over real HTTP, and the hand that moves time. It says its addresses and its nights in one line, then does what each line of stdin says and repeats the line when it is
/// done: <c>night DATE</c>, it is that evening's hour; <c>pass SECONDS</c>, so much time goes by at once; <c>book CONNECTION</c>, the database of the jobs; <c>trigger</c>, the nights fire, as the recurring ones do, and digests and delivery with them; <c>mail</c>, these two alone; <c>keys</c>, the API keys that came.
/// </summary>
internal static class Director
{
    private static readonly string[] Sources = ["pubmed", "clinicaltrials"];
    private static readonly FaultTimes Times = new() { Stall = TimeSpan.FromSeconds(3), RetryAfterSeconds = 1 };

    public static async Task<int> RunAsync(string clockFile, string registry, string pubmed, string faults, CancellationToken cancellationToken)
    {
        using var clock = new SharedClock(clockFile);
        var keys = new ConcurrentDictionary<string, bool>();
        var corpus = await RehearsalCorpus.LoadAsync(registry, [pubmed], DateOnly.MinValue, cancellationToken);
        var settings = new RehearsalSettings
        {
            PubMedRequestsPerSecond = 100_000,
            PubMedRequestsPerSecondWithKey = 100_000,
            RetryAfterSeconds = Times.RetryAfterSeconds,
            Gates = [(context, next) => NoteKeyAsync(context, next, keys), new FaultGate(FaultPlan.Read(faults), Times, TimeProvider.System).PassAsync],
        };
        await using var server = await RehearsalServer.StartAsync(corpus, settings, cancellationToken);
        await SayAsync($"{server.EUtilsAddress} {server.RegistryAddress} {string.Join(' ', corpus.Nights.Select(night => night.ToString("O", CultureInfo.InvariantCulture)))}");
        IBackgroundJobClient? jobs = null;
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["night", var date]:
                    var night = DateOnly.Parse(date, CultureInfo.InvariantCulture);
                    server.MoveTo(night);
                    clock.Set(new ScheduleOptions().BeginningOf(night));
                    break;
                case ["pass", var seconds]:
                    clock.Set(clock.GetUtcNow().AddSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
                    break;
                case ["book", var connection]:
                    var options = new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = false, EnableLongPolling = true };
                    jobs = new BackgroundJobClient(new PostgreSqlStorage(new NpgsqlConnectionFactory(connection, options), options));
                    break;
                case ["trigger"]:
                    Array.ForEach(Sources, source => jobs!.Enqueue<NightJob>(night => night.RunAsync(source, CancellationToken.None)));
                    jobs!.Enqueue<DigestJob>(digests => digests.RunAsync(CancellationToken.None));
                    jobs!.Enqueue<DeliverJob>(mail => mail.RunAsync(CancellationToken.None));
                    break;
                case ["mail"]:
                    jobs!.Enqueue<DigestJob>(digests => digests.RunAsync(CancellationToken.None));
                    jobs!.Enqueue<DeliverJob>(mail => mail.RunAsync(CancellationToken.None));
                    break;
                case ["digest"]:
                    jobs!.Enqueue<DigestJob>(digests => digests.RunAsync(CancellationToken.None));
                    break;
                case ["keys"]:
                    await SayAsync(string.Join(' ', keys.Keys.Order(StringComparer.Ordinal)));
                    break;
                default:
                    throw new ArgumentException($"'{line}' is nothing to do.");
            }

            await SayAsync(line);
        }

        return 0;
    }

    private static async Task NoteKeyAsync(HttpContext context, RequestDelegate next, ConcurrentDictionary<string, bool> keys)
    {
        if (context.Request.HasFormContentType && (await context.Request.ReadFormAsync(context.RequestAborted))["api_key"] is [{ Length: > 0 } key])
        {
            keys[key] = true;
        }

        await next(context);
    }

    private static async Task SayAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}
