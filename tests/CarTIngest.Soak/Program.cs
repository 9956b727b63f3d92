using System.Globalization;
using CarTIngest.Soak;

// `soak NIGHTS`: that many nights of the invented demo corpus in this one process, by the product's own sources, HTTP and store, against a stand-in that is a
// process of its own. Says every so often what the process holds after a full collection, and at the end how much it grew. Ends with 1 where it grew.
if (args is [StandIn.Verb])
{
    return await StandIn.ServeAsync(CancellationToken.None);
}

if (args.Length != 1 || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var nights) || nights < SoakedNights.Fewest)
{
    await Console.Error.WriteLineAsync($"usage: soak NIGHTS, at least {SoakedNights.Fewest}");
    return 2;
}

var samples = await SoakedNights.RunAsync(nights, CancellationToken.None);
return Growth.Judge(samples) ? 0 : 1;
