using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;

namespace CarTIngest.Simulation;

/// <summary>After the quiet nights: what the sources have is what is held, each record stands where it must, and the store is whole by its own word.</summary>
internal static class AtTheEnd
{
    public static async Task CheckAsync(World world, SimulatedDisk disk, CancellationToken cancellationToken)
    {
        foreach (var truth in world.Truths)
        {
            var held = disk.View.Records(truth.Name);
            foreach (var record in truth.Records.Values)
            {
                Check(world.Model, record, held.GetValueOrDefault(record.Id));
            }
        }

        var whole = await new Integrity(disk.Stores, RecordLine.ReadStoredAsync).VerifyAsync(cancellationToken);
        foreach (var fault in whole.Faults)
        {
            world.Model.Say("verify", fault);
        }

        world.Trace.Add(whole.State);
    }

    private static void Check(Model model, SimulatedRecord record, Standed? held)
    {
        if (record.Arms != 0 && record.Given && held is null)
        {
            model.Say("it converges", $"{record.Id} is announced and given every night, and is not held.");
        }

        if (held is not { Announced: true })
        {
            return;
        }

        var must = record.Arms != 0 ? Standing.Current : record.Given ? Standing.Left : Standing.Gone;
        if (held.Standing != must && !(must == Standing.Left && held.Standing == Standing.Gone))
        {
            model.Say("it converges", $"{record.Id} is {held.Standing} after all the quiet nights and must be {must}.");
        }

        // Nobody reads a gone record again unless it is announced.
        if (record.Given && held.Standing != Standing.Gone && held.Content != ContentHash.Of(record.Line).Hex)
        {
            model.Say("it converges", $"{record.Id} is held in another content than its source has given all the quiet nights.");
        }
    }
}
