namespace CarTIngest.Tests.House;

/// <summary>
/// The lists of sources, rules, clues, exports, channels and verbs are explicit, because a protocol must be readable in order; this forbids what is on no list.
/// A verb is a sealed class <c>XCommand</c> in CarTIngest.Host.Commands with a static <c>Create(…)</c>, named in <c>CommandList</c>;
/// a source is named in a class whose name ends in Setup; the other lists stand in <see cref="Orphans.Listers"/>.
/// </summary>
[Collection(CompiledRooms.Readers)]
public sealed class OrphansTests
{
    private const string PlantedRoot = "CarTIngest.Tests.House.Planted";

    [Fact]
    public void Every_implementation_is_on_its_list() =>
        Faults.None(Orphans.OfInterfaces(CompiledRooms.All));

    [Fact]
    public void Every_verb_is_on_the_list_of_commands() =>
        Faults.None(Orphans.OfVerbs(CompiledRooms.Host, "CarTIngest.Host.Commands"));

    [Fact]
    public void Finds_the_implementations_that_no_setup_names() =>
        Assert.Equal(
            [
                $"{PlantedRoot}.Orphans.ForgottenChannel is IAlertChannel and no *Setup names it",
                $"{PlantedRoot}.Orphans.InheritingChannel is IAlertChannel and no *Setup names it",
            ],
            Orphans.OfInterfaces([CompiledRooms.Tests]).Where(fault => fault.StartsWith(PlantedRoot, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Finds_the_verbs_that_are_not_listed_not_sealed_or_cannot_be_made() =>
        Assert.Equal(
            [
                $"{PlantedRoot}.Verbs.BarrenCommand has no static Create",
                $"{PlantedRoot}.Verbs.ForgottenCommand is not named in {PlantedRoot}.Verbs.CommandList",
                $"{PlantedRoot}.Verbs.OpenCommand is not sealed",
            ],
            Orphans.OfVerbs(CompiledRooms.Tests, PlantedRoot + ".Verbs").Order(StringComparer.Ordinal));

    [Fact]
    public void Finds_a_room_of_commands_without_a_verb() =>
        Assert.Single(Orphans.OfVerbs(CompiledRooms.Tests, PlantedRoot + ".NoVerbs"));

    [Fact]
    public void Says_nothing_where_there_are_no_commands_at_all() =>
        Assert.Empty(Orphans.OfVerbs(CompiledRooms.Tests, PlantedRoot + ".Nowhere"));
}
