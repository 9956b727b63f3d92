namespace CarTIngest.Eligibility;

/// <summary>A file of the rulebook cannot be used. Nothing is judged by half a rulebook.</summary>
/// <param name="line">From 1; 0 where the whole file is meant.</param>
public sealed class BrokenRulebookException(string file, int line, string says) : Exception(line > 0 ? $"{file}, line {line}: {says}" : $"{file}: {says}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
