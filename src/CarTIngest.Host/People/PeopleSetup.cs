using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CarTIngest.Host.People;

public static class PeopleSetup
{
    /// <summary>PBKDF2 with SHA-512, as OWASP advises.</summary>
    internal const int HashIterations = 210_000;

    /// <summary>Accounts: for the pages, and for the verbs by which they are kept without a browser.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, PeopleOptions people)
    {
        services.AddSingleton(people)
            .AddSingleton<FirstSetup>()
            .AddScoped(provider => provider.GetRequiredService<StoreFactory>().Open())
            .AddScoped<IUserStore<Account>, UserOnlyStore<Account, StoreContext, long>>()
            .AddScoped<IPasswordValidator<Account>, PasswordRules>()
            .AddScoped<AccountBook>()
            .AddScoped<EntryLinks>()
            .AddScoped<Passwords>()
            .AddScoped<MailChoices>()
            .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.AddIdentityCore<Account>(identity =>
        {
            // The e-mail is the name to log in with, whatever signs it holds; that it is one is checked before.
            identity.User.AllowedUserNameCharacters = "";
            identity.User.RequireUniqueEmail = true;
        });
        return services;
    }

    /// <summary>The keys of the cookies: in the store, so that several web processes know each other's cookies, each sealed with a key that is not in it.</summary>
    public static IServiceCollection AddCookieKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("CarTIngest").PersistKeysToDbContext<StoreContext>();
        services.AddSingleton(provider => CookieKey.Of(provider.GetRequiredService<PeopleOptions>(), provider.GetRequiredService<StorageOptions>()))
            .AddSingleton<CookieKeyCheck>()
            .AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlEncryptor = new SealingKeys(provider.GetRequiredService<CookieKey>())));
        return services;
    }

    /// <summary>When all else is added: takes away what reads the keys as the host starts, when the store may not have its tables yet. Who needs them first reads them anyway.</summary>
    public static IServiceCollection ReadKeysWhenNeeded(this IServiceCollection services)
    {
        foreach (var early in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList())
        {
            services.Remove(early);
        }

        return services;
    }
}
