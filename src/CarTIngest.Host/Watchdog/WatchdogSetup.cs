namespace CarTIngest.Host.Watchdog;

public static class WatchdogSetup
{
    public static IServiceCollection AddWatchdog(this IServiceCollection services, WatchdogOptions options, Func<IServiceProvider, WatchedPlaces> places) => services
        .AddSingleton(options)
        .AddSingleton(places)
        .AddSingleton<ConditionList>()
        .AddSingleton<AlarmMail>()
        .AddSingleton<WatchdogRound>();
}
