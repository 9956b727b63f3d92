using System.Security.Claims;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>Who has an account, and what each may do. No account is ever deleted, for decisions bear its name: it is locked.</summary>
public sealed partial class AccountBook(UserManager<Account> accounts, StoreContext store, FirstSetup setup, EntryLinks links, TimeProvider clock, ILogger<AccountBook> log)
{
    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<Person>> ReadAsync(CancellationToken cancellationToken)
    {
        var rolesOf = await RoleReading.OfAllAsync(store, cancellationToken);
        var rows = await store.Accounts.AsNoTracking().ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return
        [
            .. rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).Select(row => new Person(
                row.Id, row.Name, row.Email!, [.. Role.All.Where(rolesOf[row.Id].Contains)], row.IsLocked, row.PasswordHash is not null || row.LastSignIn is not null, row.CreatedAt, row.LastSignIn, row.IsLocked || row.LockoutEnd <= now ? null : row.LockoutEnd)),
        ];
    }

    public async Task<Person?> FindAsync(long id, CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).FirstOrDefault(person => person.Id == id);

    public async Task<Person?> FindAsync(string email, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(person => string.Equals(person.Email, email.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The first account of all, lead and operator, for who has the code.</summary>
    /// <exception cref="AccountRefusedException">The code is wrong or spent, or the account cannot be so.</exception>
    public async Task<Account> SetUpAsync(string code, string name, string email, string password, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        if (!await FirstSetup.SpendAsync(store, code, cancellationToken))
        {
            Log.CodeRefused(log);
            throw new AccountRefusedException("This is not the code of the last start. It stands on the terminal where the service was started, and in a file beside the database; each start makes a new one.");
        }

        var account = await AddAsync(new NewPerson(name.Trim(), email.Trim(), [Role.Lead, Role.Operator]), Actor.AtThisMachine, cancellationToken);
        Require(await accounts.AddPasswordAsync(account, password));
        await turn.CommitAsync(cancellationToken);
        setup.ForgetFile();
        Log.SetUp(log, account.Id);
        return account;
    }

    /// <returns>The code of the link by which the person comes in, once, within <see cref="EntryLinks.Lifetime"/>.</returns>
    /// <exception cref="AccountRefusedException">The account cannot be so, or not by this actor.</exception>
    public async Task<string> InviteAsync(NewPerson person, Actor by, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var account = await AddAsync(person with { Name = person.Name.Trim(), Email = person.Email.Trim() }, by, cancellationToken);
        var code = await links.MakeAsync(account.Id, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        Log.Invited(log, account.Id, by.Id, person.Roles);
        return code;
    }

    /// <summary>For a forgotten password. The old one holds until the link is used; the link before this one is void.</summary>
    /// <exception cref="AccountRefusedException">Not by this actor.</exception>
    public async Task<string> MakeLinkAsync(long id, Actor by, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var (person, _) = await TakeAsync(id, by, cancellationToken);
        if (person.Locked)
        {
            throw new AccountRefusedException($"{person.Name} is locked. Unlock the account first.");
        }

        var code = await links.MakeAsync(id, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        Log.LinkMade(log, id, by.Id);
        return code;
    }

    /// <summary>Takes effect at once: whoever is at work under the old roles logs in again.</summary>
    /// <exception cref="AccountRefusedException">The last operator would be gone, or not by this actor.</exception>
    public async Task GiveRolesAsync(long id, IReadOnlyList<string> roles, Actor by, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var (person, all) = await TakeAsync(id, by, cancellationToken);
        RequireNone(AccountRules.FaultsOfRoles(roles, by));
        if (!roles.Contains(Role.Operator))
        {
            RequireNone(AccountRules.RefusalOfLast(person, all));
        }

        var account = await AccountAsync(id);
        var before = (await accounts.GetClaimsAsync(account)).Where(claim => claim.Type == ClaimTypes.Role).ToList();
        Require(await accounts.RemoveClaimsAsync(account, before));
        Require(await accounts.AddClaimsAsync(account, ClaimsOf(roles)));
        Require(await accounts.UpdateSecurityStampAsync(account));
        await turn.CommitAsync(cancellationToken);
        Log.RolesGiven(log, id, by.Id, roles);
    }

    /// <summary>Nobody enters under the account any more, and whoever is in is out.</summary>
    /// <exception cref="AccountRefusedException">It is the last operator, or not by this actor.</exception>
    public async Task LockAsync(long id, Actor by, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        var (person, all) = await TakeAsync(id, by, cancellationToken);
        RequireNone(AccountRules.RefusalOfLast(person, all));
        var account = await AccountAsync(id);
        account.LockoutEnd = Account.EndOfTime;
        Require(await accounts.UpdateSecurityStampAsync(account));
        await links.DropAsync(id, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        Log.Locked(log, id, by.Id);
    }

    /// <summary>Also ends a lock-out by wrong passwords.</summary>
    /// <exception cref="AccountRefusedException">Not by this actor.</exception>
    public async Task UnlockAsync(long id, Actor by, CancellationToken cancellationToken)
    {
        await using var turn = await AccountTurn.BeginAsync(store, cancellationToken);
        await TakeAsync(id, by, cancellationToken);
        var account = await AccountAsync(id);
        (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
        Require(await accounts.UpdateAsync(account));
        await turn.CommitAsync(cancellationToken);
        Log.Unlocked(log, id, by.Id);
    }

    internal static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new AccountRefusedException([.. result.Errors.Select(error => error.Description)]);
        }
    }

    private async Task<Account> AddAsync(NewPerson person, Actor by, CancellationToken cancellationToken)
    {
        RequireNone([.. AccountRules.Faults(person, await ReadAsync(cancellationToken)), .. AccountRules.FaultsOfRoles(person.Roles, by)]);
        var account = new Account { Name = person.Name, UserName = person.Email, Email = person.Email, CreatedAt = clock.GetUtcNow(), UnsubscribeId = Secret.New(), LockoutEnabled = true };
        Require(await accounts.CreateAsync(account));
        Require(await accounts.AddClaimsAsync(account, ClaimsOf(person.Roles)));
        return account;
    }

    private async Task<(Person Person, IReadOnlyList<Person> All)> TakeAsync(long id, Actor by, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(cancellationToken);
        var person = all.FirstOrDefault(one => one.Id == id) ?? throw new AccountRefusedException("There is no such account.");
        RequireNone(AccountRules.Refusal(person, by));
        return (person, all);
    }

    private async Task<Account> AccountAsync(long id) =>
        await accounts.FindByIdAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture)) ?? throw new AccountRefusedException("There is no such account.");

    private static IEnumerable<Claim> ClaimsOf(IReadOnlyList<string> roles) => roles.Distinct().Select(role => new Claim(ClaimTypes.Role, role));

    private static void RequireNone(string? fault) => RequireNone(fault is null ? [] : [fault]);

    private static void RequireNone(IEnumerable<string> faults)
    {
        if (faults.ToList() is { Count: > 0 } found)
        {
            throw new AccountRefusedException(found);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 410, Level = LogLevel.Warning, Message = "A first set-up was tried with a wrong code.")]
        public static partial void CodeRefused(ILogger log);

        [LoggerMessage(EventId = 411, Level = LogLevel.Information, Message = "The first set-up made account {Account}.")]
        public static partial void SetUp(ILogger log, long account);

        [LoggerMessage(EventId = 412, Level = LogLevel.Information, Message = "Account {Account} was made by {By} with the roles {Roles}.")]
        public static partial void Invited(ILogger log, long account, long? by, IReadOnlyList<string> roles);

        [LoggerMessage(EventId = 413, Level = LogLevel.Information, Message = "A link to enter was made for account {Account} by {By}.")]
        public static partial void LinkMade(ILogger log, long account, long? by);

        [LoggerMessage(EventId = 414, Level = LogLevel.Information, Message = "Account {Account} was given the roles {Roles} by {By}.")]
        public static partial void RolesGiven(ILogger log, long account, long? by, IReadOnlyList<string> roles);

        [LoggerMessage(EventId = 415, Level = LogLevel.Information, Message = "Account {Account} was locked by {By}.")]
        public static partial void Locked(ILogger log, long account, long? by);

        [LoggerMessage(EventId = 416, Level = LogLevel.Information, Message = "Account {Account} was unlocked by {By}.")]
        public static partial void Unlocked(ILogger log, long account, long? by);
    }
}
