using System.Globalization;
using System.Security.Claims;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>
/// What the cookie says of who is at work: eight hours after the last page, and seven days after the login at the latest, it ends. Each request asks the store whether the account's stamp is still the
/// same, so that a lock, a change of roles, a new password and a logout end every session at once.
/// </summary>
public static partial class Session
{
    public const string Scheme = "Session";

    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const string Stamp = "stamp";
    private const string Begun = "begun";

    public static async Task BeginAsync(HttpContext context, Account account)
    {
        var store = context.RequestServices.GetRequiredService<StoreContext>();
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await store.Accounts.Where(row => row.Id == account.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.LastSignIn, now), context.RequestAborted);
        await context.SignInAsync(Scheme, await PrincipalAsync(store, account, Scheme, context.RequestAborted), Beginning(now));
        var log = LogOf(context);
        Log.Begun(log, account.Id);
    }

    /// <summary>Logs out here and everywhere else: a cookie that was copied is worth nothing any more.</summary>
    public static async Task EndAsync(HttpContext context)
    {
        if (IdOf(context.User) is { } id)
        {
            var accounts = context.RequestServices.GetRequiredService<UserManager<Account>>();
            if (await accounts.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) is { } account)
            {
                await accounts.UpdateSecurityStampAsync(account);
            }

            var log = LogOf(context);
            Log.Ended(log, id);
        }

        await context.SignOutAsync(Scheme);
    }

    /// <summary>The account's id; null for who is not logged in, and in the demo.</summary>
    public static long? IdOf(ClaimsPrincipal user) => long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    internal static AuthenticationProperties Beginning(DateTimeOffset now) => new(new Dictionary<string, string?> { [Begun] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) });

    internal static async Task<ClaimsPrincipal> PrincipalAsync(StoreContext store, Account account, string scheme, CancellationToken cancellationToken)
    {
        var roles = await RoleReading.OfAsync(store, account.Id, cancellationToken);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, account.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, account.Name), new(Stamp, account.SecurityStamp!), .. roles.Select(role => new Claim(ClaimTypes.Role, role))],
            scheme));
    }

    internal static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var request = context.HttpContext;
        var now = request.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var store = request.RequestServices.GetRequiredService<StoreContext>();
        var stamp = context.Principal?.FindFirstValue(Stamp);
        var id = IdOf(context.Principal ?? new ClaimsPrincipal());
        if (stamp is null || id is null || !IsYoung(context.Properties, now)
            || !await store.Accounts.Where(Account.IsNotLocked).AnyAsync(row => row.Id == id && row.SecurityStamp == stamp, request.RequestAborted))
        {
            context.RejectPrincipal();
            await request.SignOutAsync(Scheme);
        }
    }

    private static ILogger LogOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Session));

    private static bool IsYoung(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items.TryGetValue(Begun, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var begun)
        && now - DateTimeOffset.FromUnixTimeMilliseconds(begun) < Longest;

    private static partial class Log
    {
        [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Account {Account} has logged in.")]
        public static partial void Begun(ILogger log, long account);

        [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "Account {Account} has logged out.")]
        public static partial void Ended(ILogger log, long account);
    }
}
