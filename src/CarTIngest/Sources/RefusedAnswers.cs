using System.Runtime.CompilerServices;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources;

/// <summary>What a source could not make up for within itself leaves it as one kind of fault: its answers cannot be trusted tonight.</summary>
internal static class RefusedAnswers
{
    /// <exception cref="SourceDownException">An answer was refused to the last try.</exception>
    public static async Task<T> AsDownAsync<T>(this Task<T> asked, string source)
    {
        try
        {
            return await asked;
        }
        catch (AnswerRefusedException refused)
        {
            throw new SourceDownException(source, refused.Message, refused);
        }
    }

    /// <exception cref="SourceDownException">An answer was refused to the last try.</exception>
    public static async IAsyncEnumerable<T> AsDownAsync<T>(this IAsyncEnumerable<T> given, string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = given.GetAsyncEnumerator(cancellationToken);
        while (await each.MoveNextAsync().AsTask().AsDownAsync(source))
        {
            yield return each.Current;
        }
    }
}
