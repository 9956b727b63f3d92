using System.Runtime.CompilerServices;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources;

/// <summary>What a source could not make up for within itself leaves it as one kind of fault: its answers cannot be trusted tonight.</summary>
internal static class RefusedAnswers
{
    /// <exception cref="SourceDownException">An answer was refused to the last try.</exception>
    public static async Task<T> AsDownAsync<T>(string source, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (AnswerRefusedException refused)
        {
            throw new SourceDownException(source, refused.Message, refused);
        }
    }

    /// <exception cref="SourceDownException">An answer was refused to the last try.</exception>
    public static async IAsyncEnumerable<T> AsDownAsync<T>(string source, IAsyncEnumerable<T> given, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = given.GetAsyncEnumerator(cancellationToken);
        while (await AsDownAsync(source, _ => each.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return each.Current;
        }
    }
}
