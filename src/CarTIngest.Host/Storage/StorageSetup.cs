namespace CarTIngest.Host.Storage;

public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options, LeaseHolder holder) => services
        .AddSingleton(options)
        .AddSingleton(holder)
        .AddSingleton<StoreFactory>()
        .AddSingleton<Leases>()
        .AddSingleton<Holdings>()
        .AddSingleton<RecordPlacing>()
        .AddSingleton<NightLedger>()
        .AddSingleton<MadeNights>()
        .AddSingleton<Pruning>()
        .AddSingleton<Integrity>()
        .AddSingleton<StoreStatus>()
        .AddSingleton<StoreNumbers>()
        .AddSingleton<NightReading>()
        .AddSingleton<RecordExport>()
        .AddSingleton<ReviewExport>()
        .AddSingleton<StoreCopy>()
        .AddSingleton<DecisionBook>()
        .AddSingleton<BaseShelf>()
        .AddSingleton<QueueReading>()
        .AddSingleton<JudgementReading>()
        .AddSingleton<RecordLooks>()
        .AddSingleton<PrecisionReading>()
        .AddSingleton<LinkReading>()
        .AddSingleton<RulebookTrial>()
        .AddSingleton<OutboxBook>()
        .AddSingleton<OutboxMoves>()
        .AddSingleton<OutboxWishes>();
}
