namespace CarTIngest.Tests.House;

/// <summary>Who really knows whom, kept as a picture beside this file, so that a change of it is seen in review.</summary>
[Collection(CompiledRooms.Readers)]
public sealed class DrawnGraphTests
{
    private static readonly string Picture = Path.Combine(Shared.RepositoryRoot, "tests", "CarTIngest.Tests", "House", "rooms.md");

    [Fact]
    public void The_rooms_are_as_drawn()
    {
        var drawn = RoomGraph.Draw(RoomTable.Plan, CompiledRooms.All);
        if (Environment.GetEnvironmentVariable("CARTINGEST_ACCEPT") == "1")
        {
            File.WriteAllText(Picture, drawn);
        }

        var kept = File.Exists(Picture) ? File.ReadAllText(Picture) : "";
        Assert.True(
            kept == drawn,
            $"The rooms are not as drawn in rooms.md:\n{RoomGraph.Difference(kept, drawn)}\nIf that is meant, run this test again with CARTINGEST_ACCEPT=1, which redraws it.");
    }

    [Fact]
    public void No_rooms_of_one_assembly_go_round()
    {
        foreach (var module in CompiledRooms.All)
        {
            Faults.None(RoomGraph.Cycles(RoomTable.Plan.Edges([module]).Select(edge => (RoomTable.Whole(edge.From), RoomTable.Whole(edge.To)))));
        }
    }

    [Fact]
    public void A_cycle_is_found_with_its_way_round()
    {
        var cycles = RoomGraph.Cycles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")]);
        Assert.Equal(["a -> b -> c -> a", "b -> c -> a -> b", "c -> a -> b -> c"], cycles);
    }

    [Fact]
    public void A_diamond_is_no_cycle() =>
        Assert.Empty(RoomGraph.Cycles([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]));

    [Fact]
    public void The_difference_names_what_went_and_what_came() =>
        Assert.Equal("- b\n+ c", RoomGraph.Difference("a\nb", "a\nc"));
}
