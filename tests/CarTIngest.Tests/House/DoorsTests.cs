using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>What touches the world is in few places, and each is named.</summary>
[Collection(CompiledRooms.Readers)]
public sealed class DoorsTests
{
    private const string PlantedRoot = "CarTIngest.Tests.House.Planted";

    /// <summary>An interface stands only where there are two truths.</summary>
    private static readonly string[] Interfaces = ["ISource", "IRawArchive", "ILinkClue", "IEligibilityRule", "IExportFormat", "IAlertChannel", "ICondition"];

    private static readonly HousePlan Planted = new([new RoomRoot(PlantedRoot)], [], [new Room("Doors", [])]);

    public static TheoryData<string> EveryDoor => [.. DoorTable.Doors.Select(door => door.Name)];

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public void Only_the_named_rooms_go_to(string door) =>
        Faults.None(CompiledRooms.All.SelectMany(module => DoorNamed(door).Trespasses(RoomTable.Plan, module)));

    [Fact]
    public void Doors_open_to_rooms_that_have_a_row() =>
        Faults.None(DoorTable.Doors.SelectMany(door => door.OpenTo).Where(name => !name.StartsWith("CarTIngest.", StringComparison.Ordinal) && name != Door.Setups)
            .Except(RoomTable.Plan.Rooms.Select(room => room.Name)).Select(room => $"a door is open to {room}, which has no row"));

    [Fact]
    public void A_door_opens_to_one_type_or_to_setups_alone()
    {
        IEnumerable<string> Trespassers(string openTo) =>
            (DoorNamed("the system's own clock") with { OpenTo = [openTo] }).Trespasses(Planted, CompiledRooms.Tests).Select(fault => fault.Split(' ')[0].Split('.')[^1]);

        Assert.Equal(["ClockSetup"], Trespassers(PlantedRoot + ".Doors.SystemClockInBody"));
        Assert.Equal(["SystemClockInBody"], Trespassers(Door.Setups));
    }

    [Theory]
    [InlineData("NetworkInLambda", "the network")]
    [InlineData("SocketInField", "the network")]
    [InlineData("FileInAsync", "the file system")]
    [InlineData("FileByReader", "the file system")]
    [InlineData("ConsoleInIterator", "the console")]
    [InlineData("ProcessInBody", "other processes")]
    [InlineData("EnvironmentInBody", "the environment")]
    [InlineData("ClockInAsync", "a clock that no test can move")]
    [InlineData("DelayWithoutClock", "a clock that no test can move")]
    [InlineData("ChanceInBody", "chance without a seed")]
    [InlineData("SystemClockInBody", "the system's own clock")]
    [InlineData("WaitsForResult", "a thread that waits")]
    [InlineData("WebServerInParameter", "the web server")]
    [InlineData("DatabaseInBase", "the database")]
    public void Finds_the_planted(string trespasser, string door) =>
        Assert.Contains(
            DoorNamed(door).Trespasses(Planted, CompiledRooms.Tests),
            fault => fault.StartsWith($"{PlantedRoot}.Doors.{trespasser} goes to {door} (", StringComparison.Ordinal));

    [Fact]
    public void Lets_the_harmless_pass() =>
        Assert.DoesNotContain(
            DoorTable.Doors.SelectMany(door => door.Trespasses(Planted, CompiledRooms.Tests)),
            fault => fault.StartsWith($"{PlantedRoot}.Doors.Harmless ", StringComparison.Ordinal));

    [Fact]
    public void Storage_alone_makes_database_contexts() =>
        Faults.None(CompiledRooms.All.SelectMany(module => ContextsOutside(RoomTable.Plan, module)));

    [Fact]
    public void A_context_elsewhere_is_found() =>
        Assert.Contains($"{PlantedRoot}.Doors.DatabaseInBase is a database context outside Storage", ContextsOutside(Planted, CompiledRooms.Tests));

    [Fact]
    public void An_interface_stands_only_where_there_are_two_truths() =>
        Faults.None(CompiledRooms.All.SelectMany(NewInterfaces));

    [Fact]
    public void An_interface_that_is_not_listed_is_found() =>
        Assert.Contains(NewInterfaces(CompiledRooms.Tests), fault => fault.StartsWith($"{PlantedRoot}.High.ISecret ", StringComparison.Ordinal));

    private static Door DoorNamed(string name) => DoorTable.Doors.Single(door => door.Name == name);

    private static IEnumerable<string> NewInterfaces(ModuleDefinition module) =>
        module.GetTypes().Where(type => type.IsInterface && !Interfaces.Contains(type.Name))
            .Select(type => $"{type.FullName} is an interface with one truth: use the type itself, or add it to the list with its second truth");

    private static IEnumerable<string> ContextsOutside(HousePlan plan, ModuleDefinition module) =>
        module.GetTypes()
            .Where(type => plan.RoomOf(type) is { } room && room != "Storage" && Bases(type).Any(name => name == "Microsoft.EntityFrameworkCore.DbContext"))
            .Select(type => $"{type.FullName} is a database context outside Storage");

    private static IEnumerable<string> Bases(TypeDefinition type)
    {
        for (var at = type.BaseType; at is not null; at = at.Resolve()?.BaseType)
        {
            yield return at.GetElementType().FullName;
        }
    }
}
