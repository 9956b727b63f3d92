namespace CarTIngest.Eligibility.Rules;

/// <summary>What the words around a mention make of it.</summary>
internal enum Turn
{
    /// <summary>Nothing: it is what is given, or who is treated.</summary>
    None,

    /// <summary>Named to keep people out.</summary>
    Excluded,

    /// <summary>Given or suffered before.</summary>
    Prior,

    /// <summary>What the record tells of comes after it.</summary>
    After,

    /// <summary>Denied: without, other than, unlike.</summary>
    Denied,

    /// <summary>Arose later, or is feared to: a second cancer, a transformation.</summary>
    Second,

    /// <summary>What may come one day.</summary>
    Outlook,

    /// <summary>What was known before.</summary>
    Background,
}
