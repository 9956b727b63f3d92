namespace CarTIngest.Host.Storage;

public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options) => services
        .AddSingleton(options)
        .AddSingleton<StoreFactory>()
        .AddSingleton<Holdings>()
        .AddSingleton<RecordPlacing>()
        .AddSingleton<NightLedger>()
        .AddSingleton<Integrity>()
        .AddSingleton<StoreStatus>()
        .AddSingleton<RecordExport>();
}
