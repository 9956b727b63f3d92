using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CarTIngest.Eligibility;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A rulebook that came into force judges before the next night.</summary>
public sealed class RejudgingTests : IDisposable
{
    private readonly Nights nights = new();
    private readonly Rulebook another = Named("another");

    public RejudgingTests() => nights.Source.Give(1, "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia");

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Does_nothing_before_the_first_night_nor_while_the_same_rulebook_is_in_force_nor_before_two_adopted_another()
    {
        await nights.Stores.MigrateAsync(CancellationToken.None);
        Assert.False(await By(BundledReview.Rulebook).RunAsync(CancellationToken.None));
        await nights.NextAsync();

        Assert.False(await By(BundledReview.Rulebook).RunAsync(CancellationToken.None));
        Assert.False(await By(another).RunAsync(CancellationToken.None));

        await using var store = nights.Stores.Open();
        Assert.Equal(1, await store.Runs.CountAsync());
    }

    [Fact]
    public async Task Judges_all_that_is_held_once_when_two_adopted_another_and_asks_no_source()
    {
        await nights.NextAsync();
        await AdoptAsync();
        var censuses = nights.Source.Censuses;

        Assert.True(await By(another).RunAsync(CancellationToken.None));

        Assert.Equal(censuses, nights.Source.Censuses);
        Assert.False(await By(another).RunAsync(CancellationToken.None));
        await using var store = nights.Stores.Open();
        Assert.Equal([BundledReview.Rulebook.Hash, another.Hash], await store.Judgements.OrderBy(judged => judged.Id).Select(judged => judged.Rulebook).ToListAsync());
        var run = await store.Runs.OrderBy(row => row.Id).LastAsync();
        Assert.Equal((another.Hash, false), (run.Rulebook, run.Complete));
        Assert.Contains("\"sources\":[]", run.Report, StringComparison.Ordinal);
        Assert.Empty((await nights.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_rulebook_that_is_adopted_again_judges_again()
    {
        await nights.NextAsync();
        await AdoptAsync();
        await By(another).RunAsync(CancellationToken.None);
        await nights.DecideAsync(new DecisionDraft("Ada", "rulebook", new RulesChanged("Ada", "Ben", "back", another.Hash, BundledReview.Rulebook.Hash, 0, 0)));

        Assert.True(await By(BundledReview.Rulebook).RunAsync(CancellationToken.None));

        await using var store = nights.Stores.Open();
        Assert.Equal([BundledReview.Rulebook.Hash, another.Hash, BundledReview.Rulebook.Hash], await store.Judgements.OrderBy(judged => judged.Id).Select(judged => judged.Rulebook).ToListAsync());
        Assert.False(await By(BundledReview.Rulebook).RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Takes_no_nights_place_and_no_mark()
    {
        await nights.NextAsync();
        var mark = await nights.WatermarkAsync();
        await AdoptAsync();

        await By(another).RunAsync(CancellationToken.None);

        Assert.Equal(mark, await nights.WatermarkAsync());
        Assert.False(await new MadeNights(nights.Stores).IsMadeAsync("clinicaltrials", new NightSpan(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), CancellationToken.None));
    }

    [Theory]
    [InlineData("rules 3", true)]
    [InlineData("rules 5", false)]
    [InlineData("rules 6", false)]
    public async Task What_a_newer_version_of_the_program_judged_by_the_same_files_is_not_judged_again(string code, bool judges)
    {
        await nights.NextAsync();
        await using (var store = nights.Stores.Open())
        {
            store.Rulebooks.Add(new UsedRulebook { Hash = HashBy(code), Name = "bundled", Version = "1", Files = JsonSerializer.Serialize(BundledReview.Rulebook.Files), RunId = 1 });
            await store.SaveChangesAsync();
        }

        Assert.Equal(judges, await By(BundledReview.Rulebook).RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Waits_while_another_is_at_work()
    {
        await nights.NextAsync();
        await AdoptAsync();
        await using var lease = await Leases().TakeAsync(CarTIngest.Host.Storage.Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseHeldException>(() => By(another).RunAsync(CancellationToken.None));
    }

    /// <summary>The bundled rulebook's hash when that version of the rules reads its files.</summary>
    private static string HashBy(string code)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in BundledReview.Rulebook.Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => new[] { file.Key, file.Value }).Append(code))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Rulebook Named(string name)
    {
        var files = BundledReview.Files();
        files[RulebookFiles.BookFile] = $$"""{"name":"{{name}}","version":"2"}""";
        return RulebookFiles.Make(files);
    }

    private Task AdoptAsync() => nights.DecideAsync(new DecisionDraft("Ada", "rulebook", new RulesChanged("Ada", "Ben", "another name", BundledReview.Rulebook.Hash, another.Hash, 0, 0)));

    private Leases Leases() => new(nights.Stores, TimeProvider.System, TestStore.Holder("test"));

    /// <summary>By a service that read this rulebook in the review folder when it started.</summary>
    private Rejudging By(Rulebook offered)
    {
        var clock = TimeProvider.System;
        var night = InventedNight.Of([nights.Source], nights.Stores, Leases(), nights.Included, new NightlyOptions(), clock, rulebook: offered);
        return new Rejudging(night, offered, ProtocolFile.Plain, nights.Stores, new MadeNights(nights.Stores), Leases(), new ScheduleOptions(), clock, NullLogger<Rejudging>.Instance);
    }
}
