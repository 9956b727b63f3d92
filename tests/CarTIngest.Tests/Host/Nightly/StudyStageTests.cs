using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>What a night makes of what it holds: verdicts, studies, the queue, tasks.</summary>
public sealed class StudyStageTests : IDisposable
{
    private const string Likely = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_study_enters_the_queue_once_for_ever()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, "CAR-T cells for acute myeloid leukemia");

        var first = await nights.NextAsync();

        Assert.Equal([ScriptedSource.IdOf(1)], first.Likely);
        Assert.Equal([ScriptedSource.IdOf(2)], first.Possible);
        Assert.Empty(first.Tasks);
        var second = await nights.NextAsync();
        Assert.Empty(second.Likely.Concat(second.Possible));
    }

    [Fact]
    public async Task A_verdict_that_moves_asks_for_another_look_and_enters_nothing_again()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        nights.Source.Give(1, "Phase 1 trial of CD19 CAR-T in B-cell lymphoma");
        nights.Source.Touches.Add(1);

        var night = await nights.NextAsync();

        var task = Assert.Single(night.Tasks);
        Assert.Equal(("pmid:1", "screen_again", "verdict", ScriptedSource.IdOf(1)), (task.Study, task.Task, task.Because, task.By));
        Assert.Empty(night.Likely.Concat(night.Possible));
    }

    [Fact]
    public async Task What_an_import_changed_is_weighed_by_the_next_night()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        await using (var store = nights.Stores.Open())
        {
            await store.Changes.AddAsync(new CarTIngest.Host.Storage.Model.Change { RecordId = "pmid:1", Revision = 1, Field = "title", From = "one", To = "another trial altogether", Night = nights.Last });
            await store.SaveChangesAsync();
        }

        Assert.Equal("screen_again", Assert.Single((await nights.NextAsync()).Tasks).Task);
        Assert.Empty((await nights.NextAsync()).Tasks);
    }

    [Fact]
    public async Task Another_rulebook_waits_until_two_adopted_it_and_the_one_before_goes_on()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        var another = Named("another");

        Assert.Equal((BundledReview.Rulebook.Hash, another.Hash, false), await InForceAsync(another));
        var change = new RulesChanged("Ada", "Ben", "another name", BundledReview.Rulebook.Hash, another.Hash, 0, 0);
        await new DecisionBook(nights.Stores, TimeProvider.System).WriteAsync(ProtocolFile.Plain, new DecisionDraft("Ada", "rulebook", change), (_, _) => Task.FromResult<DecisionSubject?>(null), CancellationToken.None);
        Assert.Equal((another.Hash, null, true), await InForceAsync(another));
    }

    [Fact]
    public async Task A_rulebook_that_was_adopted_and_left_again_waits_when_it_is_put_back()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        var (second, third) = (Named("second"), Named("third"));
        await AdoptedAndUsedAsync(BundledReview.Rulebook, second);
        await AdoptedAndUsedAsync(second, third);

        Assert.Equal((third.Hash, second.Hash, false), await InForceAsync(second));
        Assert.Equal((third.Hash, BundledReview.Rulebook.Hash, false), await InForceAsync(BundledReview.Rulebook));
    }

    [Fact]
    public async Task What_an_earlier_version_judged_by_is_no_damage_and_the_same_files_need_no_adoption()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        await KeptAsync(BundledReview.Files());
        Assert.Equal((BundledReview.Rulebook.Hash, null, true), await InForceAsync(BundledReview.Rulebook));

        // Words that came with a later version were not looked for then.
        var files = BundledReview.Files();
        files["lexicon/10-car-t.txt"] = files["lexicon/10-car-t.txt"].Replace("[lymphodepletion_drug]", "[cell_product_hint]", StringComparison.Ordinal);
        await KeptAsync(files);
        var (inForce, offered, isNew) = await InForceAsync(BundledReview.Rulebook);
        Assert.Equal((RulebookFiles.MakeAgain(files).Hash, BundledReview.Rulebook.Hash, true), (inForce, offered, isNew));
        Assert.Throws<BrokenRulebookException>(() => RulebookFiles.Make(files));
        Assert.True((await nights.NextAsync()).Complete);
        Assert.True((await nights.NextAsync()).Complete);
        await using var store = nights.Stores.Open();
        Assert.Equal(["sha256:of an earlier version", inForce], await store.Rulebooks.OrderBy(row => row.Id).Select(row => row.Hash).ToListAsync());
        Assert.Equal(inForce, await store.Judgements.OrderByDescending(judged => judged.Id).Select(judged => judged.Rulebook).FirstAsync());
    }

    [Fact]
    public async Task A_run_notes_by_which_rulebook_it_judged_and_each_verdict_too()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();

        await using var store = nights.Stores.Open();
        Assert.Equal(BundledReview.Rulebook.Hash, (await store.Runs.SingleAsync()).Rulebook);
        Assert.Equal((BundledReview.Rulebook.Hash, Verdict.Likely), await store.Judgements.Select(judged => new ValueTuple<string, Verdict>(judged.Rulebook, judged.Verdict)).SingleAsync());
    }

    private static Rulebook Named(string name)
    {
        var files = BundledReview.Files();
        files[RulebookFiles.BookFile] = $$"""{"name":"{{name}}","version":"2"}""";
        return RulebookFiles.Make(files);
    }

    private async Task AdoptedAndUsedAsync(Rulebook from, Rulebook to)
    {
        await nights.DecideAsync(new DecisionDraft("Ada", "rulebook", new RulesChanged("Ada", "Ben", "another name", from.Hash, to.Hash, 0, 0)));
        Assert.Equal((to.Hash, null, true), await InForceAsync(to));
        await using var store = nights.Stores.Open();
        RulebookShelf.Use(store, to, run: 1);
        await store.SaveChangesAsync();
    }

    /// <summary>As if an earlier version had judged by these.</summary>
    private async Task KeptAsync(Dictionary<string, string> files)
    {
        await using var store = nights.Stores.Open();
        var written = System.Text.Json.JsonSerializer.Serialize(files);
        await store.Rulebooks.ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, "sha256:of an earlier version").SetProperty(row => row.Files, written));
    }

    private async Task<(string InForce, string? Offered, bool IsNew)> InForceAsync(Rulebook offered)
    {
        await using var store = nights.Stores.Open();
        var book = await RulebookShelf.InForceAsync(store, offered, await DecisionBook.StateAsync(store, ProtocolFile.Plain, CancellationToken.None), CancellationToken.None);
        return (book.Rulebook.Hash, book.Offered?.Hash, book.IsNew);
    }
}
