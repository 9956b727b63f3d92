using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>The walls between the rooms, read from the compiled code.</summary>
[Collection(CompiledRooms.Readers)]
public sealed class WhoMayKnowWhomTests
{
    private static readonly string[] NotForScience =
        ["Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Npgsql", "System.Data", "Microsoft.AspNetCore", "Hangfire", "cartingest", "CarTIngest.Rehearsal"];

    [Fact]
    public void Every_room_knows_only_whom_its_row_names() =>
        Faults.None(RoomTable.Plan.Violations(CompiledRooms.All));

    [Fact]
    public void Every_row_has_its_room_or_is_listed_as_not_built_yet()
    {
        var built = CompiledRooms.All.SelectMany(module => module.Types).Select(RoomTable.Plan.RoomOf).OfType<string>().ToHashSet();
        var rows = RoomTable.Plan.Rooms.Select(room => room.Name).ToList();
        Assert.Equal(rows.Distinct(), rows);
        Faults.None(RoomTable.NotBuiltYet.Where(built.Contains).Select(room => $"{room} is built: strike it from RoomTable.NotBuiltYet"));
        Faults.None(RoomTable.NotBuiltYet.Except(rows).Select(room => $"{room} is listed as not built yet and has no row"));
        Faults.None(rows.Except(RoomTable.NotBuiltYet).Where(room => !built.Contains(room)).Select(room => $"the row {room} has no type: a misspelt row guards nothing"));
        Faults.None(RoomTable.Plan.Rooms.Where(room => !ReferenceEquals(room.Knows, Room.All)).SelectMany(room => room.Knows).Except(rows)
            .Select(room => $"{room} is allowed to somebody and has no row"));
    }

    [Fact]
    public void A_room_belongs_to_one_assembly() =>
        Faults.None(CompiledRooms.All
            .SelectMany(module => module.Types.Select(type => (Room: RoomTable.Plan.RoomOf(type), Module: module.Name)))
            .Where(pair => pair.Room is not null).Distinct().GroupBy(pair => pair.Room)
            .Where(group => group.Count() > 1).Select(group => $"{group.Key} lies in {string.Join(" and ", group.Select(pair => pair.Module))}"));

    [Fact]
    public void Science_touches_no_database_web_server_or_scheduler()
    {
        Assert.NotEmpty(CompiledRooms.Science.AssemblyReferences);
        Faults.None(NotForScienceIn(CompiledRooms.Science.AssemblyReferences));
    }

    [Theory]
    [InlineData("Npgsql")]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL")]
    [InlineData("Microsoft.EntityFrameworkCore.Relational")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Microsoft.AspNetCore.Http.Abstractions")]
    [InlineData("Hangfire.Core")]
    public void The_list_for_science_finds(string assembly) =>
        Assert.Single(NotForScienceIn([new AssemblyNameReference(assembly, new Version(1, 0))]));

    private static IEnumerable<string> NotForScienceIn(IEnumerable<AssemblyNameReference> references) =>
        references.Select(reference => reference.Name)
            .Where(name => NotForScience.Any(no => name == no || name.StartsWith(no + ".", StringComparison.Ordinal)))
            .Select(name => $"CarTIngest.Science knows {name}");
}
