using System.Collections.Frozen;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Sources;

public sealed class FetchPlanTests
{
    private static readonly DateTimeOffset Start = new(2031, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddDays(100);
    private static readonly RereadPolicy Rolling = new(10, AllAtOnce: false);
    private static readonly RereadPolicy Whole = new(7, AllAtOnce: true);

    private readonly Dictionary<RecordId, string> announced = [];
    private readonly Dictionary<RecordId, HeldMark> held = [];
    private readonly HashSet<RecordId> touched = [];
    private readonly HashSet<RecordId> included = [];

    [Fact]
    public void Fetches_as_new_what_is_announced_and_not_held_in_the_order_of_numbers()
    {
        Announce(100);
        Announce(99);
        Announce(7);

        var plan = Make(Rolling);

        Assert.Equal("7 99 100", Numbers(plan.New));
        Assert.Equal("", Numbers([.. plan.Changed, .. plan.Share, .. plan.Absent]));
    }

    [Fact]
    public void Fetches_as_changed_what_has_another_stamp_what_was_touched_and_what_came_back()
    {
        Announce(1, "2031-03-02");
        Announce(2);
        Announce(3);
        Announce(4);
        Hold(1, stamp: "2031-03-01");
        Hold(2);
        Hold(3, gone: true);
        Hold(4);
        touched.Add(Id(2));

        var plan = Make(Whole);

        Assert.Equal("1 2 3", Numbers(plan.Changed));
        Assert.Equal("", Numbers([.. plan.New, .. plan.Share, .. plan.Absent]));
    }

    [Fact]
    public void Passes_over_what_was_touched_and_is_announced_by_no_arm()
    {
        touched.Add(Id(9));

        Assert.Empty(Make(Rolling).All);
    }

    [Fact]
    public void Asks_by_id_for_what_was_announced_once_and_is_not_now()
    {
        Hold(1);
        Hold(2, announced: false);
        Hold(3, gone: true);

        Assert.Equal("1", Numbers(Make(Rolling).Absent));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(95, 10)]
    public void Reads_so_large_a_share_again_that_all_come_round_within_the_days(int silent, int share)
    {
        for (var pmid = 1; pmid <= silent; pmid++)
        {
            Announce(pmid);
            Hold(pmid);
        }

        Assert.Equal(share, Make(Rolling).Share.Count);
    }

    [Fact]
    public void Begins_with_those_unread_the_longest_and_among_equals_with_the_lower_number()
    {
        for (var pmid = 1; pmid <= 20; pmid++)
        {
            Announce(pmid);
            Hold(pmid, read: pmid == 17 ? -1 : pmid > 5 ? 1 : 2);
        }

        Assert.Equal("6 17", Numbers(Make(Rolling).Share));
    }

    [Fact]
    public void Counts_what_changed_as_no_part_of_the_share()
    {
        for (var pmid = 1; pmid <= 11; pmid++)
        {
            Announce(pmid);
            Hold(pmid);
        }

        touched.Add(Id(1));

        Assert.Equal(("1", "2"), (Numbers(Make(Rolling).Changed), Numbers(Make(Rolling).Share)));
    }

    [Fact]
    public void Reads_first_what_a_clock_that_ran_ahead_says_was_read()
    {
        for (var pmid = 1; pmid <= 20; pmid++)
        {
            Announce(pmid);
            Hold(pmid, read: pmid is 7 or 9 ? 1000 : pmid);
        }

        Assert.Equal("7 9", Numbers(Make(Rolling).Share));
    }

    [Theory]
    [InlineData(true, "2 3")]
    [InlineData(false, "")]
    public void Reads_a_source_again_all_at_once_when_that_is_due_and_else_not(bool due, string share)
    {
        Announce(1);
        Announce(2);
        Announce(3);
        Hold(2);
        Hold(3);

        Assert.Equal(share, Numbers(Make(Whole, due).Share));
    }

    [Fact]
    public void Asks_for_each_record_once()
    {
        Announce(1);
        Announce(2, "new");
        Announce(3);
        Hold(2);
        Hold(3);
        Hold(4);

        Assert.Equal("1 2 3 4", Numbers(Make(Whole, readWhole: true).All));
    }

    [Fact]
    public void Reads_the_records_of_included_studies_every_night()
    {
        Announce(1);
        Announce(2);
        Hold(1);
        Hold(2);
        included.Add(Id(2));

        Assert.Equal("2", Numbers(Make(Whole).Changed));
    }

    [Fact]
    public void Asks_the_source_for_what_a_file_brought_last()
    {
        Announce(1);
        Hold(1);
        var id = Id(1);
        held[id] = held[id] with { LastRead = DateTimeOffset.UnixEpoch };

        Assert.Equal("1", Numbers(Make(Whole).Changed));
    }

    private FetchPlan Make(RereadPolicy policy, bool readWhole = false)
    {
        var arm = new ArmCensus(new SearchArm("pubmed", "A", "", FrozenDictionary<string, string>.Empty), "sent", announced.Count, announced, null, [], null);
        return FetchPlan.Make(new SourceCensus("1", "1", [arm], touched), held, policy, included, readWhole, believed: true, Now);
    }

    private void Announce(long pmid, string stamp = "") => announced[Id(pmid)] = stamp;

    private void Hold(long pmid, string stamp = "", int read = 0, bool announced = true, bool gone = false) => held[Id(pmid)] = new HeldMark(stamp, Start.AddDays(read), announced, gone);

    private static RecordId Id(long pmid) => RecordId.TryParse($"pmid:{pmid}", out var id) ? id : throw new ArgumentOutOfRangeException(nameof(pmid));

    private static string Numbers(IReadOnlyList<RecordId> ids) => string.Join(' ', ids.Select(id => id.Local));
}
