using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>
/// Lets people in by e-mail and password, and has them choose one. Wrong passwords are counted before they are looked at, in one statement: who tries many at the same time has no more tries than who
/// tries one after the other.
/// </summary>
public sealed partial class Passwords(StoreContext store, UserManager<Account> accounts, EntryLinks links, TimeProvider clock, ILogger<Passwords> log)
{
    public const int Tries = 5;

    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    /// <summary>Looked at where there is no account, so that the answer takes as long.</summary>
    private static readonly Account Nobody = new() { Name = "", CreatedAt = default, UnsubscribeId = "", PasswordHash = new PasswordHasher<Account>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = PeopleSetup.HashIterations })).HashPassword(null!, Secret.New()) };

    /// <returns>Null for an unknown e-mail, a wrong password and a locked account alike.</returns>
    public async Task<Account?> LetInAsync(string email, string password, CancellationToken cancellationToken)
    {
        var normalized = accounts.NormalizeEmail(email.Trim());
        var account = await store.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellationToken);
        if (account is null || !await CountAsync(account.Id, cancellationToken) || account.PasswordHash is null)
        {
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, Bounded(password));
            Log.Refused(log, account?.Id);
            return null;
        }

        if (accounts.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, Bounded(password)) == PasswordVerificationResult.Failed)
        {
            Log.WrongPassword(log, account.Id);
            return null;
        }

        // A lock by a person that came in between stays.
        await store.Accounts.Where(row => row.Id == account.Id).Where(Account.IsNotLocked)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.AccessFailedCount, 0).SetProperty(one => one.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
        return account;
    }

    /// <summary>By a link: chooses a password, and the link is spent.</summary>
    /// <returns>Null when the link is no good any more.</returns>
    /// <exception cref="AccountRefusedException">The password is not good enough; the link stays.</exception>
    public async Task<Account?> ChooseAsync(string code, string password, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        if (await links.FindAsync(code, cancellationToken) is not { } id || await FindAsync(id) is not { } account || account.IsLocked)
        {
            return null;
        }

        await SetAsync(account, password);
        await links.DropAsync(id, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        Log.Chosen(log, id);
        return account;
    }

    /// <summary>By who knows the old one.</summary>
    /// <exception cref="AccountRefusedException">The old one is wrong, or the new one not good enough.</exception>
    public async Task<Account> ChangeAsync(long id, string old, string password, CancellationToken cancellationToken)
    {
        var email = await store.Accounts.Where(row => row.Id == id).Select(row => row.Email!).SingleAsync(cancellationToken);
        if (await LetInAsync(email, old, cancellationToken) is null)
        {
            throw new AccountRefusedException($"The current password is wrong. After {Tries} wrong ones the account is locked for {LockOut.TotalMinutes:0} minutes.");
        }

        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var account = await FindAsync(id) ?? throw new InvalidOperationException("An account is never deleted.");
        await SetAsync(account, password);
        await turn.CommitAsync(cancellationToken);
        Log.Chosen(log, id);
        return account;
    }

    /// <summary>Every session ends with it, by the new stamp.</summary>
    private async Task SetAsync(Account account, string password)
    {
        if (account.PasswordHash is not null)
        {
            AccountBook.Require(await accounts.RemovePasswordAsync(account));
        }

        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        AccountBook.Require(await accounts.AddPasswordAsync(account, password));
    }

    /// <summary>Counts a try. The fifth in a row locks as it is counted; the right password takes that back.</summary>
    /// <returns>Whether it may be looked at.</returns>
    private async Task<bool> CountAsync(long id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var open = await store.Accounts.Where(row => row.Id == id && (row.LockoutEnd == null || row.LockoutEnd <= now))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.AccessFailedCount, one => one.AccessFailedCount + 1), cancellationToken);
        if (await store.Accounts.Where(row => row.Id == id && row.AccessFailedCount >= Tries)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.AccessFailedCount, 0).SetProperty(one => one.LockoutEnd, now + LockOut), cancellationToken) > 0)
        {
            Log.LockedOut(log, id);
        }

        await turn.CommitAsync(cancellationToken);
        return open > 0;
    }

    private static string Bounded(string password) => password.Length > PasswordRules.Longest ? "" : password;

    private Task<Account?> FindAsync(long id) => accounts.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture));

    private static partial class Log
    {
        [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "A login was refused: no such account, no password yet, or locked. Account: {Account}.")]
        public static partial void Refused(ILogger log, long? account);

        [LoggerMessage(EventId = 403, Level = LogLevel.Warning, Message = "A wrong password was given for account {Account}.")]
        public static partial void WrongPassword(ILogger log, long account);

        [LoggerMessage(EventId = 404, Level = LogLevel.Warning, Message = "Account {Account} has had as many wrong passwords as there are tries; it is locked for a quarter of an hour unless this one was right.")]
        public static partial void LockedOut(ILogger log, long account);

        [LoggerMessage(EventId = 405, Level = LogLevel.Information, Message = "Account {Account} has a new password; all its sessions have ended.")]
        public static partial void Chosen(ILogger log, long account);
    }
}
