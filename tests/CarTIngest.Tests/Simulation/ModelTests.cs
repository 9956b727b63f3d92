using CarTIngest.Simulation;

namespace CarTIngest.Tests.Simulation;

/// <summary>The model must not be able to pass by being blind: it is shown stores that were changed behind everybody's back.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("told once", "DELETE FROM Revisions WHERE RecordId = (SELECT max(Id) FROM Records); DELETE FROM Records WHERE Id = (SELECT max(Id) FROM Records)")]
    [InlineData("told once", "UPDATE RunSources SET DataVersionAfter = NULL")]
    [InlineData("watermark", "UPDATE Watermarks SET Night = '2099-01-01'")]
    [InlineData("fencing", "UPDATE Leases SET Token = 0")]
    [InlineData("revisions", "UPDATE Revisions SET Number = 2 WHERE RecordId = (SELECT min(Id) FROM Records)")]
    [InlineData("revisions", "INSERT INTO Revisions SELECT RecordId, 2, ContentHash, PayloadHash, Offset, Length, ReaderVersion, Body, Night, RunId FROM Revisions LIMIT 1")]
    [InlineData("revisions", "DELETE FROM Payloads")]
    [InlineData("nothing is lost", "UPDATE Records SET Source = 'elsewhere' WHERE Source = 'pubmed' AND Stamp = '' AND Id = (SELECT max(Id) FROM Records)")]
    public async Task Finds_what_is_wrong(string invariant, string damage)
    {
        await using var disk = await SimulatedDisk.NewAsync(CancellationToken.None);
        var world = new World(new Dice(1), disk, new Trace(TraceLines.Hashed), new WorldShape([new(2026, 3, 5)], 24, Silent: false));
        await EveningAsync(world);
        Assert.Empty(world.Model.Faults);

        disk.Damage(damage);
        await EveningAsync(world);

        Assert.Contains(world.Model.Faults, fault => fault.Invariant == invariant);
    }

    private static async Task EveningAsync(World world)
    {
        world.Dawn();
        await world.PlayAsync([world.QuietNight(0)], CancellationToken.None);
        world.Dusk();
    }
}
