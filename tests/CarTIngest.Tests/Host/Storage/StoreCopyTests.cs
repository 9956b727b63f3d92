using System.Text.Json;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using CarTIngest.Tests.Host.Nightly;
using CarTIngest.Tests.Screening;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;

namespace CarTIngest.Tests.Host.Storage;

public sealed class StoreCopyTests : IDisposable
{
    private readonly Nights nights = new();
    private readonly TestStore empty = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-copy-");

    private string Backup => Path.Combine(folder.FullName, "night.cartingest");

    public void Dispose()
    {
        nights.Dispose();
        empty.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Comes_back_as_it_was_and_goes_on()
    {
        await TwoNightsAsync();
        var state = await new StoreCopy(nights.Stores).BackUpAsync(Backup, CancellationToken.None);

        Assert.Equal((await nights.VerifyAsync()).State, state);
        Assert.Equal([Backup], Directory.GetFiles(folder.FullName));
        Assert.Equal(state, await new StoreCopy(empty.Stores).RestoreAsync(Backup, CancellationToken.None));
        await using var lease = await new Leases(empty.Stores, TimeProvider.System, TestStore.Holder("test")).TakeAsync(Leases.Night, CancellationToken.None);
        var next = await new NightLedger(empty.Stores, TimeProvider.System).OpenRunAsync(new DateOnly(2026, 4, 1), "test", lease, CancellationToken.None);
        Assert.Equal(3, next);
    }

    [Fact]
    public async Task Every_row_of_every_table_comes_back()
    {
        await TwoNightsAsync();
        nights.Source.Down = true;
        await nights.NextAsync();
        await ScreenAsync();
        await ServeAsync();
        await new StoreCopy(nights.Stores).BackUpAsync(Backup, CancellationToken.None);
        await new StoreCopy(empty.Stores).RestoreAsync(Backup, CancellationToken.None);

        await using var was = nights.Stores.Open();
        await using var now = empty.Stores.Open();
        Assert.Equal(Rows(was).ToList(), Rows(now).ToList());
        // Neither leases nor the code of the first set-up.
        Assert.Equal(was.Model.GetEntityTypes().Count() - 2, Rows(now).Select(row => row.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public async Task Overwrites_neither_a_file_nor_a_store_that_holds_something()
    {
        await TwoNightsAsync();
        var copy = new StoreCopy(nights.Stores);
        await copy.BackUpAsync(Backup, CancellationToken.None);

        Assert.Contains("never overwrites", (await Assert.ThrowsAsync<StoreUnusableException>(() => copy.BackUpAsync(Backup, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Contains("empty one", (await Assert.ThrowsAsync<StoreUnusableException>(() => copy.RestoreAsync(Backup, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await new StoreStatus(nights.Stores).ReadAsync(9, CancellationToken.None)).Runs.Count);
    }

    [Fact]
    public async Task Refuses_what_is_no_backup()
    {
        await File.WriteAllTextAsync(Backup, new string('x', 9000));
        await Assert.ThrowsAsync<StoreUnusableException>(() => new StoreCopy(empty.Stores).RestoreAsync(Backup, CancellationToken.None));
    }

    [Fact]
    public async Task Does_not_pass_damage_on()
    {
        await TwoNightsAsync();
        await using (var store = nights.Stores.Open())
        {
            store.Payloads.RemoveRange(store.Payloads);
            await store.SaveChangesAsync();
        }

        await Assert.ThrowsAsync<StoreDamagedException>(() => new StoreCopy(nights.Stores).BackUpAsync(Backup, CancellationToken.None));
        Assert.False(File.Exists(Backup));
    }

    /// <summary>All but the leases, which belong to processes.</summary>
    private static IEnumerable<string> Rows(StoreContext store)
    {
        var tables = new IEnumerable<object>[]
        {
            store.Payloads.OrderBy(row => row.Hash), store.Answers.OrderBy(row => row.Id), store.Records.OrderBy(row => row.Id), store.Revisions.OrderBy(row => row.RecordId).ThenBy(row => row.Number),
            store.Changes.OrderBy(row => row.Id), store.Quarantine.OrderBy(row => row.Id), store.Runs.OrderBy(row => row.Id), store.RunSources.OrderBy(row => row.RunId), store.RunArms.OrderBy(row => row.RunId),
            store.RunNamed.OrderBy(row => row.RunId).ThenBy(row => row.RecordId), store.Watermarks.OrderBy(row => row.Source),
            store.Decisions.OrderBy(row => row.Number), store.ChainHeads.OrderBy(row => row.Name), store.Queue.OrderBy(row => row.Study), store.Outside.OrderBy(row => row.Study), store.Tasks.OrderBy(row => row.Id),
            store.Bases.OrderBy(row => row.Version), store.BaseRows.OrderBy(row => row.Line),
            store.Rulebooks.OrderBy(row => row.Id), store.Judgements.OrderBy(row => row.Id), store.Members.OrderBy(row => row.Id),
            store.Matches.OrderBy(row => row.Id), store.Losses.OrderBy(row => row.Id), store.Strategies.OrderBy(row => row.Id),
            store.Accounts.OrderBy(row => row.Id), store.Set<IdentityUserClaim<long>>().OrderBy(row => row.Id), store.Set<IdentityUserLogin<long>>().OrderBy(row => row.UserId),
            store.Set<IdentityUserToken<long>>().OrderBy(row => row.UserId), store.DataProtectionKeys.OrderBy(row => row.Id),
            store.Outbox.OrderBy(row => row.Id), store.DigestMarks.OrderBy(row => row.Recipient), store.Alarms.OrderBy(row => row.Id),
        };
        return tables.SelectMany(rows =>
        {
            var lines = rows.Select(row => $"{row.GetType().Name} {JsonSerializer.Serialize(row, row.GetType())}").ToList();
            Assert.NotEmpty(lines);
            return lines;
        });
    }

    /// <summary>What people and mail leave in the store.</summary>
    private async Task ServeAsync()
    {
        await using var store = nights.Stores.Open();
        var at = DateTimeOffset.UnixEpoch.AddYears(56);
        store.AddRange(
            new Account { Id = 7, Name = "Ada Lead", UserName = "ada@hospital.example", CreatedAt = at, UnsubscribeId = "u", Digest = DigestRhythm.Weekly, LockoutEnd = at },
            new IdentityUserClaim<long> { UserId = 7, ClaimType = "role", ClaimValue = Role.Lead },
            new IdentityUserLogin<long> { UserId = 7, LoginProvider = "oidc", ProviderKey = "ada" },
            new IdentityUserToken<long> { UserId = 7, LoginProvider = "own", Name = "key", Value = "v" },
            new DataProtectionKey { FriendlyName = "key", Xml = "<key/>" },
            new OutboxMessage
            {
                Key = "digest/1/ada@hospital.example",
                Kind = "digest",
                Channel = "mail",
                Recipient = "ada@hospital.example",
                AccountId = 7,
                Topic = "digest",
                Subject = "s",
                Text = "t",
                CreatedAt = at,
                NextAttemptAt = at,
                State = OutboxState.Sent,
                EndedAt = at,
                GivenTo = "there",
                WasUnanswered = true,
                Said = "250 taken",
            },
            new DigestMark { Recipient = "ada@hospital.example", RunId = 1, KnownSince = at },
            new Alarm { Condition = "silence", Subject = "pubmed", Says = "Silent.", Since = at });
        await store.SaveChangesAsync();
    }

    /// <summary>A row in each table of screening.</summary>
    private async Task ScreenAsync()
    {
        var id = Judged.Id("pmid:1");
        var entry = new QueueEntry("pmid:1", id, Verdict.Likely, QueueWay.Verdict);
        await using (var store = nights.Stores.Open())
        {
            await QueueBook.WriteAsync(store, new QueueNight([entry], [new StudyTask("pmid:1", TaskKind.Integrity, TaskCause.Erratum, id, ["corrections"])], [entry with { Study = "pmid:2" }]), new QueueRun(1, nights.Last), CancellationToken.None);
            store.Losses.Add(new LostReport { RecordId = "pmid:1", Study = "pmid:1", Lost = LossKind.Verdict, Because = "It fell.", Night = nights.Last, RunId = 1 });
            store.Strategies.Add(new UsedStrategy { Source = "pubmed", Hash = "sha256:0", Arms = "[]", RunId = 1 });
            await store.SaveChangesAsync();
        }

        await new DecisionBook(nights.Stores, TimeProvider.System).WriteAsync(
            ProtocolFile.Plain, Votes.Vote("Ada", Choice.Include, subject: "pmid:1"), (_, _) => Task.FromResult<DecisionSubject?>(new DecisionSubject("pmid:1", [id], HasPublication: true, HasResults: false)), CancellationToken.None);
        await using var lease = await new Leases(nights.Stores, TimeProvider.System, TestStore.Holder("test")).TakeAsync(Leases.Night, CancellationToken.None);
        await new BaseShelf(nights.Stores, TimeProvider.System).ImportAsync(new BaseReview("1.0", "10.9999/invented", Judged.Date("2025-01")!.Value, 1, null, [new(2, "Muster 2020", [id], null, "")]), lease, CancellationToken.None);
    }

    private async Task TwoNightsAsync()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, ScriptedSource.Unreadable);
        await nights.NextAsync();
        nights.Source.Give(1, "First, corrected");
        nights.Source.Touches.Add(1);
        await nights.NextAsync();
    }
}
