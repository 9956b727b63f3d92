using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Files;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Sources.PubMed.Xml;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Sources;

/// <summary>The list of sources. A new one is its folder and its lines here.</summary>
public static class SourcesSetup
{
    /// <summary>Both sources, each with its own way out. The strategies are read when a source is first asked for.</summary>
    /// <param name="reviewFolder">Holds <c>searches/SOURCE/ARM.txt</c>.</param>
    public static IServiceCollection AddSources(
        this IServiceCollection services, PubMedOptions pubmed, ClinicalTrialsOptions registry, HttpOptions http, string reviewFolder)
    {
        ArgumentNullException.ThrowIfNull(pubmed);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(http);
        services.AddSourceHttp("pubmed", _ => http.At(pubmed.BaseAddress, pubmed.PaceInForce, pubmed.Email));
        services.AddSourceHttp("clinicaltrials", _ => http.At(registry.BaseAddress, registry.RequestsPerSecond, pubmed.Email));
        services.AddSingleton<ISource>(provider => new PubMedSource(
            provider.GetRequiredKeyedService<SourceHttp>("pubmed"), pubmed, provider.GetRequiredService<StrategiesOf>()(EUtilities.SourceName), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISource>(provider => new ClinicalTrialsSource(
            provider.GetRequiredKeyedService<SourceHttp>("clinicaltrials"), registry, provider.GetRequiredService<StrategiesOf>()(RegistryClient.SourceName)));
        return services
            .AddSingleton<StrategiesOf>(_ => source => ReviewSearches.Load(reviewFolder, source))
            .AddSingleton(Files())
            .AddSingleton<StoredRecordReader>(provider => provider.GetRequiredService<RecordFile>().ReadStoredAsync)
            .AddSingleton(_ => IncludedReports.Load(reviewFolder));
    }

    /// <summary>Files of both formats, read by the reference readers.</summary>
    public static RecordFile Files() => new(new RecordFormat(PubMedXml.ReaderVersion, PubMedXml.ReadAsync), new RecordFormat(StudyJson.ReaderVersion, StudyJson.ReadAsync));
}
