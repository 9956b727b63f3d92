using Mono.Cecil;

namespace CarTIngest.Tests.House;

/// <summary>What has come into a room and is on no list, so that nothing would ever use it.</summary>
internal static class Orphans
{
    /// <summary>Who lists the truths of an interface: the ends of the listers' names. Null: anybody who makes it.</summary>
    public static readonly IReadOnlyDictionary<string, string[]?> Listers = new Dictionary<string, string[]?>
    {
        ["ISource"] = ["Setup"],
        ["IAlertChannel"] = ["Setup"],
        ["ICondition"] = ["ConditionList"],
        ["IEligibilityRule"] = ["Rulebook", "Setup"],
        ["ILinkClue"] = ["LinkClues", "TrialLinker", "Setup"],
        ["IExportFormat"] = ["ExportFormats", "Setup"],
        ["IRawArchive"] = null,
    };

    /// <summary>Implementations that no lister names, a sentence each.</summary>
    public static IEnumerable<string> OfInterfaces(IReadOnlyList<ModuleDefinition> modules)
    {
        var references = modules.SelectMany(ReferenceWalk.Over).ToLookup(reference => reference.To.FullName, reference => reference.By);
        foreach (var type in modules.SelectMany(module => module.GetTypes()).Where(type => type is { IsAbstract: false, IsInterface: false }))
        {
            foreach (var name in InterfacesOf(type).Where(Listers.ContainsKey))
            {
                var listers = Listers[name];
                var named = references[type.FullName]
                    .Any(by => by != Reference.Outermost(type) && (listers is null || listers.Any(end => by.Name.EndsWith(end, StringComparison.Ordinal))));
                if (!named)
                {
                    yield return $"{type.FullName} is {name} and {(listers is null ? "nobody makes it" : $"no *{string.Join(", *", listers)} names it")}";
                }
            }
        }
    }

    /// <summary>
    /// Verbs against their list. A verb is a sealed (or static) class <c>XCommand</c> right in the namespace, with a static method <c>Create</c>;
    /// <c>CommandList</c> names each of them.
    /// </summary>
    public static IEnumerable<string> OfVerbs(ModuleDefinition module, string commands)
    {
        var there = module.Types.Where(type => type.Namespace == commands && !HousePlan.IsGenerated(type)).ToList();
        var verbs = there.Where(type => type.Name.EndsWith("Command", StringComparison.Ordinal)).ToList();
        if (there.Count > 0 && verbs.Count == 0)
        {
            yield return $"{commands} holds types and not one verb: a verb is a class XCommand";
        }

        var listed = ReferenceWalk.Over(module).Where(reference => reference.By.FullName == commands + ".CommandList").Select(reference => reference.To.FullName).ToHashSet();
        foreach (var verb in verbs)
        {
            if (!verb.IsSealed)
            {
                yield return $"{verb.FullName} is not sealed";
            }

            if (!verb.Methods.Any(method => method is { Name: "Create", IsStatic: true }))
            {
                yield return $"{verb.FullName} has no static Create";
            }

            if (!listed.Contains(verb.FullName))
            {
                yield return $"{verb.FullName} is not named in {commands}.CommandList";
            }
        }
    }

    private static IEnumerable<string> InterfacesOf(TypeDefinition type)
    {
        for (var at = type; at is not null; at = at.BaseType?.Resolve())
        {
            foreach (var implemented in at.Interfaces)
            {
                yield return implemented.InterfaceType.GetElementType().Name;
            }
        }
    }
}
