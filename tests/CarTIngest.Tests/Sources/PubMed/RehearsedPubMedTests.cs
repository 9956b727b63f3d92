using System.Text;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Tests.Sources.PubMed;

/// <summary>The whole way against the local stand-in, over recorded nights.</summary>
public sealed class RehearsedPubMedTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CensusWindow Month = new(new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 16));

    [SkippableFact]
    public async Task With_one_fault_in_five_every_announced_record_comes_or_is_named()
    {
        var unavailable = new HashSet<Pmid>();
        var shy = new HashSet<Pmid>();
        var corpus = await CorpusAsync();
        await using (var calm = await RehearsalServer.StartAsync(corpus, Unhurried, None))
        {
            await using var client = new HttpUnderTest();
            var ids = (await Source(client, calm).TakeCensusAsync(Month, new ListArchive(), None)).Announced.Keys.Order().Select(id => Pmid.TryParse(id.Local, out var pmid) ? pmid : default).ToList();
            unavailable.Add(ids[3]);
            shy.Add(ids[9]);
        }

        var faults = new SeededFaults(20260516);
        var settings = Unhurried with { CapAt = 150, NeverFetched = unavailable, FetchedOnlySingly = shy, Gates = [faults.PassAsync] };
        await using var server = await RehearsalServer.StartAsync(corpus, settings, None);
        await using var http = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 12 });
        var source = Source(http, server, searchCap: 150);
        var census = await source.TakeCensusAsync(Month, new ListArchive(), None);
        Assert.True(census.Proven, string.Join("; ", census.Arms.Select(arm => arm.WhyNotProven)));
        Assert.True(census.Announced.Count > 500);
        Assert.NotEmpty(census.Touched);

        var given = new HashSet<RecordId>();
        var notGiven = new HashSet<RecordId>();
        await foreach (var record in source.FetchAsync([.. census.Announced.Keys], new ListArchive(), new DriftTally(), None))
        {
            if (record is GivenRecord { Reading: ReadRecord read })
            {
                Assert.True(given.Add(read.Record.Id));
            }
            else
            {
                notGiven.Add(Assert.IsType<NotGivenRecord>(record).Asked);
            }
        }

        Assert.Equal(unavailable.Select(RecordId.Of).Order(), notGiven.Order());
        Assert.Equal(census.Announced.Count, given.Count + notGiven.Count);
        Assert.Contains(shy.Select(RecordId.Of), given.Contains);
        Assert.True(faults.Drawn > 5, $"{faults.Drawn} faults in {http.Http.Requests} requests");
    }

    [SkippableFact]
    public async Task At_the_real_pace_the_stand_in_with_the_real_limit_refuses_nothing()
    {
        await using var server = await RehearsalServer.StartAsync(await CorpusAsync(), new RehearsalSettings(), None);
        await using var client = new HttpUnderTest(new HttpOptions().At(new PubMedOptions().BaseAddress, new PubMedOptions().PaceInForce, null));
        var source = new PubMedSource(client.Http, new PubMedOptions { BaseAddress = server.EUtilsAddress }, [Arm], TimeProvider.System);
        var census = await source.TakeCensusAsync(Month, new ListArchive(), None);
        Assert.True(census.Proven);
        Assert.Equal(5, client.Http.Requests);
        Assert.All(server.Log.Snapshot(), call => Assert.Equal(200, call.Status));
    }

    private static SearchArm Arm => new("pubmed", "A", "", new Dictionary<string, string> { ["term"] = "car-t[tiab] AND aml[tiab]" });

    private static RehearsalSettings Unhurried => new() { PubMedRequestsPerSecond = 100_000, PubMedRequestsPerSecondWithKey = 100_000 };

    private static PubMedSource Source(HttpUnderTest client, RehearsalServer server, int searchCap = 9_999) =>
        new(client.Http, new PubMedOptions { BaseAddress = server.EUtilsAddress, ReaskAfterMilliseconds = 5, SearchCap = searchCap }, [Arm], TimeProvider.System);

    private static Task<RehearsalCorpus> CorpusAsync() => RehearsalCorpus.LoadAsync(null, [Shared.Data("pubmed/nights")], new DateOnly(2026, 5, 15), None);

    /// <summary>Answers one request in five with something that a client can outlive; the same every time.</summary>
    private sealed class SeededFaults(int seed)
    {
        private int number = seed;

        public int Drawn { get; private set; }

        public Task PassAsync(HttpContext context, RequestDelegate next)
        {
            // A linear congruence is chance enough, and the same on every machine.
            number = unchecked((number * 1_103_515_245) + 12_345);
            var drawn = (number >> 16) & 0x7fff;
            if (drawn % 5 != 0)
            {
                return next(context);
            }

            Drawn++;
            (context.Response.StatusCode, var body) = (drawn / 5 % 6) switch
            {
                0 => (503, "<html><title>Service Unavailable</title></html>"),
                1 => (200, ""),
                2 => (200, "<!DOCTYPE html><html><title>PubMed</title></html>"),
                3 => (200, "<eSearchResult><ERROR>Search Backend failed: Database is not supported: pubmed</ERROR></eSearchResult>"),
                4 => (400, "<eFetchResult><ERROR>proxy_stream(): 502</ERROR></eFetchResult>"),
                _ => (403, "<html><title>Denied</title></html>"),
            };
            return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
        }
    }
}
