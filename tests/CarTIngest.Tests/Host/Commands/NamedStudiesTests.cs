using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using CarTIngest.Tests.Screening;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>By which names people reach a study: those of the base review, which are in no queue; those that were matched since; those that became one.</summary>
public sealed class NamedStudiesTests : IDisposable
{
    private const string Article = "pmid:90000001";
    private const string Book = "pmid:90000002";
    private const string Trial = "nct:NCT99000001";

    private static readonly DateOnly Night = new(2031, 3, 2);

    private readonly Cartingest cartingest = new();

    private StoreFactory Stores => new(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(cartingest.InFolder("cartingest.db")) });

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Theory]
    [InlineData(Trial)]
    [InlineData("90000001")]
    [InlineData("90000002")]
    public async Task A_task_on_a_study_of_the_base_review_is_settled_under_the_name_that_it_was_asked_by(string named)
    {
        await HoldAsync([], [Asked(Trial)], (Trial, Trial), (Trial, Article), (Trial, Book));
        await PublishAsync();

        var settled = Assert.Single((await SettleAsync(named, "--json")).Ends(0).Json);

        Assert.Equal((Trial, Trial, "task_settled"), (settled.GetProperty("study").GetString(), settled.GetProperty("subject").GetString(), settled.GetProperty("kind").GetString()));
        Assert.Empty((await cartingest.CallAsync("queue", "--tasks", "--json")).Ends(0).Lines);
        (await SettleAsync(named)).Refuses(2, "no such open task");
    }

    [Fact]
    public async Task A_task_that_was_asked_before_two_entries_became_one_is_settled_by_either_name()
    {
        await HoldAsync([Entry(Article), Entry(Book)], [Asked(Book)], (Article, Article), (Article, Book));

        (await SettleAsync("90000009")).Refuses(2, "no such open task");
        Assert.Equal(Book, Assert.Single((await SettleAsync(Article, "--json")).Ends(0).Json).GetProperty("subject").GetString());
        Assert.Empty((await cartingest.CallAsync("queue", "--tasks", "--json")).Ends(0).Lines);
    }

    [Theory]
    [InlineData(Trial)]
    [InlineData("90000001")]
    [InlineData("90000002")]
    public async Task A_study_of_the_base_review_is_included_until_people_give_it_another_class(string named)
    {
        await HoldAsync([], [], (Trial, Trial), (Trial, Article), (Trial, Book));
        await PublishAsync();
        Assert.Equal([Trial, Article, Book], await ExportedAsync(ExportSet.Included));

        (await cartingest.CallAsync("queue", "decide", named, "--stage", "title", "--vote", "exclude", "--as", "Ada")).Refuses(2, "base review", "queue class");
        (await cartingest.CallAsync("queue", "class", named, "--class", "excluded", "--as", "Ada")).Refuses(2, "has a reason");
        (await cartingest.CallAsync("queue", "class", named, "--class", "excluded", "--reason", "same_patients", "--as", "Ada")).Ends(0);

        Assert.Empty(await ExportedAsync(ExportSet.Included));
        Assert.Equal([Trial, Article, Book], await ExportedAsync(ExportSet.Excluded));
        (await cartingest.CallAsync("queue", "class", named, "--class", "included", "--as", "Ben")).Ends(0);
        Assert.Equal([Trial, Article, Book], await ExportedAsync(ExportSet.Included));
        (await cartingest.CallAsync("queue", "tie", named, "--as", "Cleo")).Ends(0);
        (await cartingest.CallAsync("queue", "class", Article, "--class", "ongoing", "--as", "Cleo")).Refuses(2, "declared a tie");
    }

    [Theory]
    [InlineData(Trial)]
    [InlineData("NCT99000001")]
    [InlineData("90000002")]
    [InlineData(Article)]
    public async Task A_queued_study_is_reached_by_its_id_of_now_and_by_each_of_its_records_and_voted_on_where_it_waits(string named)
    {
        await HoldAsync([Entry(Article)], [], (Trial, Trial), (Trial, Article), (Trial, Book));

        var voted = Assert.Single((await cartingest.CallAsync("queue", "decide", named, "--stage", "title", "--vote", "include", "--as", "Ada", "--json")).Ends(0).Json);

        Assert.Equal((Article, Article), (voted.GetProperty("study").GetString(), voted.GetProperty("subject").GetString()));
        Assert.Equal("awaiting_second", Assert.Single((await cartingest.CallAsync("queue", "--json")).Ends(0).Json).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_study_that_a_paper_brought_in_is_voted_on_by_that_paper_though_its_id_is_a_registrations()
    {
        await HoldAsync([Entry(Article) with { Study = Trial }], [], (Trial, Trial), (Trial, Article));

        var voted = Assert.Single((await cartingest.CallAsync("queue", "decide", Trial, "--stage", "title", "--vote", "include", "--as", "Ada", "--json")).Ends(0).Json);

        Assert.Equal(Article, voted.GetProperty("subject").GetString());
        Assert.Equal("awaiting_second", Assert.Single((await cartingest.CallAsync("queue", "--json")).Ends(0).Json).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_report_of_two_queued_studies_names_neither_and_both_are_told()
    {
        await HoldAsync([Entry(Trial), Entry(Article)], [], (Trial, Trial), (Trial, Book), (Article, Article), (Article, Book));

        (await cartingest.CallAsync("queue", "class", Book, "--class", "ongoing", "--as", "Ada")).Refuses(2, Trial, Article, "of several studies");
    }

    private static QueueEntry Entry(string id) => new(id, Judged.Id(id), Verdict.Likely, QueueWay.Verdict);

    private static StudyTask Asked(string study) => new(study, TaskKind.UpdateData, TaskCause.NewReport, Judged.Id(Book), []);

    private Task<Answered> SettleAsync(string named, params string[] more) =>
        cartingest.CallAsync(["queue", "settle", named, "--task", "update_data", "--because", "new_report", "--by", Book, "--since", "2031-03-02", "--as", "Ada", .. more]);

    private async Task<IEnumerable<string>> ExportedAsync(ExportSet set) =>
        (await new ReviewExport(Stores, new RecordExport(Stores)).ReadAsync(new ExportWish(set, ExportNeeds.Records, null), () => ProtocolFile.Plain, () => BundledReview.Rulebook, CancellationToken.None).ToListAsync())
            .Select(row => row.Held.Record.Id.Text);

    private async Task PublishAsync()
    {
        cartingest.Write("review/base.json", """{"version": "1.0", "doi": "10.9999/invented", "searchDate": "January 2025", "studies": 1}""");
        cartingest.Write("review/included.csv", "study,pmid,nct,patients,note\nMuster 2020,90000001,NCT99000001,12,\n");
        (await cartingest.CallAsync("base", "import", cartingest.InFolder("review"))).Ends(0);
    }

    /// <summary>Three records held, and what nights would have written of them.</summary>
    private async Task HoldAsync(IReadOnlyList<QueueEntry> entries, IReadOnlyList<StudyTask> tasks, params (string Study, string Record)[] members)
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", cartingest.InFolder("records"))).Ends(0);
        await using var store = Stores.Open();
        store.Members.AddRange(members.Select(member => new StudyMember { Study = member.Study, RecordId = member.Record, Night = Night, RunId = 1 }));
        await QueueBook.WriteAsync(store, new QueueNight(entries, tasks, []), new QueueRun(null, Night), CancellationToken.None);
    }
}
