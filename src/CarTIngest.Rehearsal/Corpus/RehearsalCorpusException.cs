namespace CarTIngest.Rehearsal.Corpus;

/// <summary>A recorded night could not be read. The message names the file, and the line where there is one.</summary>
public sealed class RehearsalCorpusException : Exception
{
    internal RehearsalCorpusException(string file, string why, Exception? cause = null)
        : base($"{file}: {why}", cause)
    {
    }

    internal RehearsalCorpusException(string file, int line, string why, Exception? cause = null)
        : base($"{file}, line {line}: {why}", cause)
    {
    }
}
