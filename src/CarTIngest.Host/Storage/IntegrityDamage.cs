using System.Data.Common;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Host.Storage;

/// <summary>Turns what reading a damaged store throws into sentences.</summary>
/// <param name="fileIsDamaged">The database itself says so: then its rows may be anything, and nothing that reading them throws is a bug.</param>
internal sealed class IntegrityDamage(List<string> faults, bool fileIsDamaged)
{
    /// <returns>Whether it is of use to read on: false after the database itself failed. One that went away is no damage, and is the caller's.</returns>
    public async Task<bool> TellAsync(string what, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        try
        {
            await check(cancellationToken);
            return true;
        }
        catch (DbException failure) when (!StoreFailure.IsAbsence(failure))
        {
            faults.Add($"{what} cannot be read: {failure.Message}");
            return false;
        }
        catch (Exception damage) when (damage is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException or StoreDamagedException)
        {
            faults.Add($"{what} cannot be read: {damage.Message}");
            return true;
        }
        catch (InvalidOperationException damage) when (fileIsDamaged)
        {
            faults.Add($"{what} cannot be read: {damage.Message}");
            return false;
        }
        catch (InvalidCastException damage) when (fileIsDamaged)
        {
            faults.Add($"{what} cannot be read: {damage.Message}");
            return false;
        }
    }

    /// <summary>The record of a stored line, or null where the line is none.</summary>
    public static SourceRecord? RecordOf(string line)
    {
        try
        {
            return RecordJson.Read(line);
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
