using System.Collections.Frozen;
using System.Globalization;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>What <c>/studies</c> was asked, checked as the real one checks it.</summary>
internal sealed class StudiesQuery
{
    private const int DefaultPage = 10;

    private static readonly string[] Searches = ["cond", "term", "locn", "titles", "intr", "outc", "spons", "lead", "id", "patient"];

    private static readonly FrozenSet<string> Known = Searches.Select(area => "query." + area)
        .Concat(new[] { "overallStatus", "geo", "ids", "advanced", "synonyms" }.SelectMany(name => new[] { "filter." + name, "postFilter." + name }))
        .Concat(["format", "markupFormat", "aggFilters", "geoDecay", "fields", "sort", "countTotal", "pageSize", "pageToken"])
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Statuses = FrozenSet.Create(
        StringComparer.Ordinal,
        "ACTIVE_NOT_RECRUITING", "COMPLETED", "ENROLLING_BY_INVITATION", "NOT_YET_RECRUITING", "RECRUITING", "SUSPENDED", "TERMINATED", "WITHDRAWN", "AVAILABLE",
        "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING", "WITHHELD", "UNKNOWN");

    private readonly Parameters parameters;

    /// <exception cref="RefusedRequestException">A parameter is not known, or its value is none.</exception>
    public StudiesQuery(Parameters parameters, int pageSizeMax)
    {
        this.parameters = parameters;
        RefuseUnknown(parameters, Known);
        RefuseOtherThan(parameters, "format", "json");
        RefuseOtherThan(parameters, "markupFormat", "markdown", "legacy");
        RefuseOtherThan(parameters, "countTotal", "true", "false");
        foreach (var name in new[] { "filter.overallStatus", "postFilter.overallStatus" })
        {
            var unknown = parameters[name]?.Split([',', '|'], StringSplitOptions.TrimEntries).FirstOrDefault(status => !Statuses.Contains(status));
            if (unknown is not null)
            {
                throw new RefusedRequestException($"Invalid value in parameter `{name}`: `{unknown}`");
            }
        }

        PageSize = parameters["pageSize"] is not { } size ? DefaultPage
            : !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? throw new RefusedRequestException($"Invalid value in parameter `pageSize`: `{size}`")
            : asked == 0 ? DefaultPage
            : Math.Min(asked, pageSizeMax);
        Fields = parameters["fields"] is { } fields ? StudyFields.Read(fields)
            : parameters.Names.Contains("fields") ? throw new RefusedRequestException("Parameter `fields` has incorrect format: ``")
            : null;
    }

    public int PageSize { get; }

    /// <summary>Null for whole studies.</summary>
    public StudyFields? Fields { get; }

    public string? Token => parameters["pageToken"];

    /// <summary>The total is told on the first page only.</summary>
    public bool WantsTotal => parameters["countTotal"] == "true" && Token is null;

    /// <exception cref="RefusedRequestException">A filter or a sort cannot be read.</exception>
    public IReadOnlyList<RecordedStudy> Find(StudiesInForce inForce)
    {
        var named = Searches.Select(area => parameters["query." + area]).OfType<string>().Select(RegistryIds.OnlyIds).FirstOrDefault(ids => ids is not null);
        if (named is not null)
        {
            // A query of NCT numbers alone switches every filter off.
            return [.. StudyOrder.Apply(Under(inForce, named), parameters["sort"])];
        }

        // Asked for by their numbers alone, studies are given whether or not a search would find them.
        var byIds = parameters["filter.ids"] ?? parameters["postFilter.ids"];
        IEnumerable<RecordedStudy> studies = byIds is null || Searches.Any(area => parameters["query." + area] is not null) ? inForce.Announced : inForce.InOrder;
        foreach (var name in new[] { "filter.ids", "postFilter.ids" })
        {
            if (parameters[name] is { } list)
            {
                var ids = Under(inForce, RegistryIds.ReadList(name, list)).Select(study => study.Id).ToHashSet();
                studies = studies.Where(study => ids.Contains(study.Id));
            }
        }

        foreach (var name in new[] { "filter.advanced", "postFilter.advanced", "query.term" })
        {
            studies = PostDateFilter.Apply(studies, name, parameters[name]);
        }

        return [.. StudyOrder.Apply(studies, parameters["sort"])];
    }

    /// <exception cref="RefusedRequestException">One of the names is not among the known.</exception>
    public static void RefuseUnknown(Parameters parameters, FrozenSet<string> known)
    {
        if (parameters.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new RefusedRequestException($"`{unknown}` is unknown parameter");
        }
    }

    public static void RefuseOtherThan(Parameters parameters, string name, params ReadOnlySpan<string> allowed)
    {
        if (parameters[name] is { } value && !allowed.Contains(value))
        {
            throw new RefusedRequestException($"Invalid value in parameter `{name}`: `{value}`");
        }
    }

    private static IEnumerable<RecordedStudy> Under(StudiesInForce inForce, IReadOnlyList<Records.NctId> ids) =>
        ids.Select(id => inForce.Find(id) ?? inForce.FindByAlias(id)).OfType<RecordedStudy>().Distinct();
}
