using System.Collections.Frozen;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>What a tag of a search term limits by.</summary>
internal enum SearchField
{
    /// <summary>PubMed has no such tag.</summary>
    Unknown,

    /// <summary>Words, headings, names: the stand-in finds everything by them.</summary>
    Topical,
    Uid,
    Created,
    Entered,
    Modified,
    Indexed,

    /// <summary>A databank's number, or a word of title and abstract: where it is a trial's whole number, the stand-in looks for it.</summary>
    Number,
}

/// <summary>The tags of PubMed's search, short names and long, as einfo and PubMed's help name them.</summary>
internal static class SearchFields
{
    private static readonly FrozenDictionary<string, SearchField> Searched = new Dictionary<string, SearchField>
    {
        ["uid"] = SearchField.Uid,
        ["pmid"] = SearchField.Uid,
        ["crdt"] = SearchField.Created,
        ["date - create"] = SearchField.Created,
        ["create date"] = SearchField.Created,
        ["edat"] = SearchField.Entered,
        ["date - entry"] = SearchField.Entered,
        ["date - entrez"] = SearchField.Entered,
        ["entrez date"] = SearchField.Entered,
        ["entry date"] = SearchField.Entered,
        ["mdat"] = SearchField.Modified,
        ["date - modification"] = SearchField.Modified,
        ["modification date"] = SearchField.Modified,
        ["lr"] = SearchField.Modified,
        ["date last revised"] = SearchField.Modified,
        ["mhda"] = SearchField.Indexed,
        ["date - mesh"] = SearchField.Indexed,
        ["mesh date"] = SearchField.Indexed,
        ["si"] = SearchField.Number,
        ["tiab"] = SearchField.Number,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Topical = (
        "all|all fields|filt|filter|sb|subset|titl|ti|title|tiab|title/abstract|ab|abstract|mesh|mh|mesh terms|majr|mesh major topic|subh|sh|mesh subheading|"
        + "ptyp|pt|publication type|subs|nm|supplementary concept|substance name|ecno|rn|ec/rn number|papx|pa|pharmacological action|si|secondary source id|"
        + "otrm|ot|other term|jour|ta|journal|affl|ad|affiliation|full|fau|full author name|auth|au|author|faut|1au|author - first|first author name|laut|lastau|author - last|"
        + "last author name|auid|author - identifier|coln|cn|author - corporate|corporate author|ir|inve|investigator|fir|grnt|gr|grants and funding|grant number|lang|la|language|"
        + "lid|location id|aid|article identifier|dso|cois|conflict of interest statements|book|isbn|isbn|pubn|pubn|publisher|word|tw|text word|text words|vol|vi|volume|iss|ip|issue|page|pg|pagination|"
        + "pdat|dp|date - publication|publication date|ppdt|epdt|p1dat|cdat|dcom|date - completion|completion date|is|issn|ed|editor|pl|place of publication|ps|personal name as subject|"
        + "jid|nlm unique id|owner|tt|transliterated title|pmcid|doi|mid|manuscript id|stat|status|cited|ucnt|prcp|rett")
        .Split('|').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A few fields as einfo lists them: short name and full name.</summary>
    public static IReadOnlyDictionary<string, string> Named { get; } = new Dictionary<string, string>
    {
        ["ALL"] = "All Fields",
        ["UID"] = "UID",
        ["FILT"] = "Filter",
        ["TITL"] = "Title",
        ["TIAB"] = "Title/Abstract",
        ["MESH"] = "MeSH Terms",
        ["EDAT"] = "Date - Entry",
        ["CRDT"] = "Date - Create",
        ["MDAT"] = "Date - Modification",
        ["MHDA"] = "Date - MeSH",
        ["PDAT"] = "Date - Publication",
    };

    /// <summary>Takes the tag without its brackets; what follows a colon (<c>tiab:~0</c>, <c>mh:noexp</c>) says how, not where.</summary>
    public static SearchField Of(string tag)
    {
        var colon = tag.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? tag : tag[..colon]).Trim();
        return Searched.TryGetValue(name, out var field) ? field : Topical.Contains(name) ? SearchField.Topical : SearchField.Unknown;
    }
}
