namespace CarTIngest.Tests.House;

/// <summary>The checker itself, on violations planted in this assembly: it must not be able to pass by being blind.</summary>
[Collection(CompiledRooms.Readers)]
public sealed class HousePlanTests
{
    private const string Root = "CarTIngest.Tests.House.Planted";

    private static readonly HousePlan Planted = new(
        [new RoomRoot(Root)],
        ["Folders"],
        [
            new("High", []),
            new("Low", []),
            new("Allowed", ["High"]),
            new("Folders", []),
            new("Folders.Left", ["Folders"]),
            new("Folders.Right", ["Folders"]),
        ]);

    private static readonly IReadOnlyList<string> Found = Planted.Violations([CompiledRooms.Tests]);

    public static TheoryData<string> EveryLowType =>
        [.. CompiledRooms.Tests.Types.Where(type => type.Namespace == Root + ".Low" && type.Name.StartsWith("In", StringComparison.Ordinal)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(EveryLowType))]
    public void Finds_the_violation_hidden(string inType) =>
        Assert.Contains(Found, fault => fault.StartsWith($"{Root}.Low.{inType} knows {Root}.High.Secret", StringComparison.Ordinal)
            || fault.StartsWith($"{Root}.Low.{inType} knows {Root}.High.ISecret", StringComparison.Ordinal));

    [Fact]
    public void Knows_every_hiding_place_that_was_planted() =>
        Assert.Equal(29, EveryLowType.Count);

    [Fact]
    public void Says_who_knows_whom_and_who_may() =>
        Assert.Contains($"{Root}.Low.InAsyncBody knows {Root}.High.Secret: Low may know nobody", Found);

    [Fact]
    public void Lets_a_row_allow() =>
        Assert.DoesNotContain(Found, fault => fault.StartsWith(Root + ".Allowed.", StringComparison.Ordinal));

    [Fact]
    public void Forbids_siblings_and_names_what_is_allowed() =>
        Assert.Contains($"{Root}.Folders.Left.LeftPart knows {Root}.Folders.Right.RightPart: Folders.Left may know only Folders", Found);

    [Fact]
    public void Lets_a_rooms_setup_alone_list_its_folders()
    {
        Assert.DoesNotContain(Found, fault => fault.StartsWith(Root + ".Folders.FoldersSetup ", StringComparison.Ordinal));
        Assert.Contains(Found, fault => fault.StartsWith(Root + ".Folders.FoldersWalk knows", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_a_room_without_a_row() =>
        Assert.Contains($"{Root}.NoRow.Homeless lies in the room NoRow, which has no row in the table", Found);

    [Fact]
    public void Refuses_a_type_outside_every_room() =>
        Assert.Contains($"{typeof(HousePlanTests).FullName} lies in no room: folder and namespace say where it belongs", Found);

    [Fact]
    public void Refuses_a_type_right_in_a_root_that_has_no_room_for_it()
    {
        var plan = Planted with { Roots = [new RoomRoot(Root + ".Low")] };
        Assert.Contains(plan.Violations([CompiledRooms.Tests]), fault => fault.Contains("InBase lies in the room (right in", StringComparison.Ordinal));
    }
}
