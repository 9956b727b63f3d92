namespace CarTIngest.Matching;

/// <summary>The names under which clues are shown, kept and compared.</summary>
public static class ClueNames
{
    public const string Alias = "alias";
    public const string SecondaryNumber = "secondary number";
    public const string Databank = "databank";
    public const string NumberInText = "number in text";
    public const string RegistryReference = "registry reference";
    public const string Update = "update";
    public const string Notice = "notice";

    /// <summary>Two citations compared part by part.</summary>
    public const string Citation = "citation";

    /// <summary>A registry's DERIVED reference to a paper whose text agrees with the registration.</summary>
    public const string Agreement = "agreement";

    /// <summary>A person put the two together.</summary>
    public const string Person = "person";
}
