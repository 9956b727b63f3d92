using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>What people say of a study of the base review, over whole nights: it holds whatever the study is matched to later.</summary>
public sealed class PublishedStudiesTests : IDisposable
{
    private const string Title = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia (NCT90000001)";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_class_that_people_gave_a_published_study_holds_when_matching_gives_it_another_id()
    {
        await nights.PublishAsync(["pmid:2"], ["pmid:9"]);
        nights.Source.Give(2, Title);
        await nights.NextAsync();
        Assert.Equal(["base:Study 2 Included", "pmid:2 Included"], await ClassedAsync());

        await nights.DecideAsync(new DecisionDraft("Ada", "pmid:2", new Classed(StudyClass.Excluded, "same_patients")));
        Assert.Equal(["base:Study 2 Included", "pmid:2 Excluded"], await ClassedAsync());
        nights.Source.Give(1, $"Two years after: {Title}");
        var report = await nights.NextAsync();

        Assert.Equal(["base:Study 2 Included", "pmid:1 Excluded"], await ClassedAsync());
        // Of an excluded study nobody extracts more.
        var task = Assert.Single(report.Tasks);
        Assert.Equal(("pmid:1", "screen_again", "new_report"), (task.Study, task.Task, task.Because));
        Assert.Equal("pmid:2", (await new QueueReading(nights.Stores).FindAsync(ProtocolFile.Plain, "pmid:1", CancellationToken.None))?.Members.Id);
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task A_published_study_that_is_not_held_yet_is_given_a_class_too()
    {
        await nights.PublishAsync(["pmid:2"]);

        await nights.DecideAsync(new DecisionDraft("Ada", "pmid:2", new Classed(StudyClass.AwaitingClassification)));

        Assert.Equal(["base:Study 1 AwaitingClassification"], await ClassedAsync());
    }

    private async Task<IEnumerable<string>> ClassedAsync()
    {
        await using var store = nights.Stores.Open();
        var state = await DecisionBook.StateAsync(store, ProtocolFile.Plain, CancellationToken.None);
        return (await ClassedStudies.OfAsync(store, state, CancellationToken.None)).Select(study => $"{study.Id} {study.Class}").Order(StringComparer.Ordinal);
    }
}
