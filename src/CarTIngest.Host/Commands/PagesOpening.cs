using CarTIngest.Host.People;
using CarTIngest.Host.Web;

namespace CarTIngest.Host.Commands;

/// <summary>What is said and made before pages are served: the way in while there is no account, and whether the cookie key is still the same.</summary>
internal static class PagesOpening
{
    /// <summary>The code goes to stderr by itself and never through a log, which others read.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<PageFrame>().Demo)
        {
            return;
        }

        await services.GetRequiredService<CookieKeyCheck>().RunAsync(cancellationToken);
        if (await services.GetRequiredService<FirstSetup>().MakeCodeAsync(cancellationToken) is { } code)
        {
            var at = services.GetRequiredService<WebOptions>().LinkTo;
            await Console.Error.WriteLineAsync(
                $"There is no account yet. Make the first one at {at}/setup with the code {code.Code}{(code.File is { } file ? $", which lies in {file} too" : "")}. The next start makes a new one.");
        }
    }
}
