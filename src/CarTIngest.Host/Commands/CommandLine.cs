using System.CommandLine;
using System.CommandLine.Parsing;
using CarTIngest.Eligibility;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Commands;

/// <summary>Runs one call and turns its end into an exit code with a sentence on stderr. What it does not foresee is a bug, and the process's own border's.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var call = CommandList.Create().Parse(args);
        var misread = call.Errors.Select(error => error.Message).Concat(Strays(call, args)).ToList();
        if (misread.Count > 0)
        {
            return await FailAsync(ExitCode.Usage, $"{string.Join(Environment.NewLine, misread)}{Environment.NewLine}Try: {Named(call.CommandResult.Command)} --help");
        }

        try
        {
            return await call.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (Exception refused) when (refused is UsageException or DecisionRefusedException or AccountRefusedException)
        {
            return await FailAsync(ExitCode.Usage, refused.Message);
        }
        catch (SettingsException settings)
        {
            return await FailAsync(ExitCode.Settings, $"The settings cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, settings.Faults.Select(fault => $"  {fault}"))}");
        }
        catch (Exception unusable) when (unusable is ReviewFolderException or BrokenRulebookException or ReviewFileException or StoreUnusableException)
        {
            return await FailAsync(ExitCode.Settings, unusable.Message);
        }
        catch (Exception other) when (other is LeaseHeldException or LeaseLostException)
        {
            return await FailAsync(ExitCode.LeaseHeld, other.Message);
        }
        catch (StoreDamagedException damage)
        {
            return await DamagedAsync(damage.Message);
        }
        // What the drivers throw, as it is or as EF Core wraps it.
        catch (Exception damage) when (damage is SystemException or DbUpdateException && StoreFailure.IsDamage(damage))
        {
            return await DamagedAsync($"The store is damaged: {damage.GetBaseException().Message}");
        }
        catch (Exception failure) when (failure is SystemException or DbUpdateException && StoreFailure.Says(failure) is { } says)
        {
            return await FailAsync(ExitCode.Partial, $"The store failed: {says} What was stored stays. See that the database runs, has room and is the one that Storage:ConnectionString names, then give the same command again; it goes on from there.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(ExitCode.Interrupted, "Stopped. What was stored stays; the next run goes on from there.");
        }
    }

    private static Task<int> DamagedAsync(string says) => FailAsync(ExitCode.Integrity, $"{says} `cartingest verify` lists all damage; restore the last backup.");

    /// <summary>The parser takes an unknown --option for an argument or for another option's value; here a dash is an option or a mistake, unless it follows a bare --.</summary>
    private static IEnumerable<string> Strays(ParseResult call, string[] args)
    {
        var end = Array.IndexOf(args, "--");
        var free = end < 0 ? [] : args[(end + 1)..].ToHashSet(StringComparer.Ordinal);
        return call.CommandResult.Children.SelectMany(given => given is ArgumentResult or OptionResult ? given.Tokens : [])
            .Where(token => token.Value.StartsWith('-') && token.Value.Length > 1 && !free.Contains(token.Value))
            .Select(token => $"There is no option '{token.Value}'.");
    }

    /// <summary>As the caller wrote it; the root bears the executable's name.</summary>
    private static string Named(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } above ? $"{Named(above)} {command.Name}" : "cartingest";

    private static async Task<int> FailAsync(int code, string says)
    {
        await Console.Error.WriteLineAsync(says);
        return code;
    }
}
