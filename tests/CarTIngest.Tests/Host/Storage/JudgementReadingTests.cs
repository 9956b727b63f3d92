using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;
using CarTIngest.Tests.Host.Nightly;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>What is said of a record between an import that revised it and the night that judges it again.</summary>
public sealed class JudgementReadingTests : IDisposable
{
    private static readonly RecordId Paper = ScriptedSource.IdOf(1);

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_revision_that_no_night_judged_has_no_verdict_of_the_one_before()
    {
        nights.Source.Give(1, "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia");
        await nights.NextAsync();
        Assert.Equal(Verdict.Likely, (await ExplainedAsync())!.Judgement?.Verdict);
        Assert.Equal(Verdict.Likely, (await LookAsync()).Verdict);

        await using (var store = nights.Stores.Open())
        {
            var revised = RecordJson.Write(new Publication { Pmid = 1, Title = "Asthma in schools" });
            await store.Records.ExecuteUpdateAsync(set => set.SetProperty(record => record.Revision, 2).SetProperty(record => record.Body, revised));
        }

        var explained = (await ExplainedAsync())!;
        Assert.Equal(("Asthma in schools", null, "pmid:1"), (explained.Title, explained.Judgement, explained.Study));
        Assert.Equal((Holding.Held, null), ((await LookAsync()).Holding, (await LookAsync()).Verdict));
    }

    [Fact]
    public async Task What_is_not_held_is_not_explained()
    {
        await nights.NextAsync();

        Assert.Null(await ExplainedAsync());
        Assert.Equal(new RecordLook(Paper, Holding.NotHeld, null, null, null), await LookAsync());
    }

    private Task<ExplainedRecord?> ExplainedAsync() => new JudgementReading(nights.Stores).OfAsync(Paper, CancellationToken.None);

    private async Task<RecordLook> LookAsync() => (await new RecordLooks(nights.Stores, ProtocolFile.Plain).AtAsync([Paper], CancellationToken.None))[Paper];
}
