using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>
/// The way in while there is no account: a one-time code that only who sees the terminal or the disk of this machine can read. The store holds its hash alone.
/// </summary>
public sealed class FirstSetup(StoreFactory stores, StorageOptions storage, TimeProvider clock)
{
    /// <summary>Of the file that holds the code until it is spent.</summary>
    public const string FileName = "setup-code";

    private readonly SecretFile file = SecretFile.Beside(storage, FileName);

    /// <summary>A new code in place of the one before; null, and no file, once there is an account.</summary>
    public async Task<FirstCode?> MakeCodeAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        await store.SetupCodes.ExecuteDeleteAsync(cancellationToken);
        if (await store.Accounts.AnyAsync(cancellationToken))
        {
            await turn.CommitAsync(cancellationToken);
            file.Delete();
            return null;
        }

        var code = Secret.New();
        store.SetupCodes.Add(new SetupCode { Hash = Secret.Hash(code), CreatedAt = clock.GetUtcNow() });
        await store.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        try
        {
            file.Write(code);
            return new FirstCode(code, file.Path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // A read-only folder: then the code stands on the terminal alone.
            return new FirstCode(code, File: null);
        }
    }

    /// <summary>Whether somebody may still come in by the code.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.SetupCodes.AnyAsync(cancellationToken);
    }

    /// <summary>Takes the code, within the turn that makes the first account.</summary>
    internal static async Task<bool> SpendAsync(StoreContext store, string code, CancellationToken cancellationToken)
    {
        var kept = await store.SetupCodes.SingleOrDefaultAsync(cancellationToken);
        if (kept is null || !Secret.Is(code.Trim(), kept.Hash) || await store.Accounts.AnyAsync(cancellationToken))
        {
            return false;
        }

        store.SetupCodes.Remove(kept);
        await store.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Once it is spent.</summary>
    internal void ForgetFile() => file.Delete();
}

/// <param name="File">Where it lies too; null where no file could be written.</param>
public sealed record FirstCode(string Code, string? File);
