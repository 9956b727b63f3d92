#pragma warning disable CA1822, CA1068 // Planted: only the signatures matter.
namespace CarTIngest.Tests.House.Planted.Cancellations;

internal sealed class Waits : IAsyncDisposable
{
    public Task Without() => Task.CompletedTask;

    public Task<int> Optional(CancellationToken cancellationToken = default) => Task.FromResult(cancellationToken.IsCancellationRequested ? 1 : 2);

    public ValueTask<int> NotLast(CancellationToken cancellationToken, int value) => ValueTask.FromResult(cancellationToken.IsCancellationRequested ? 0 : value);

    public async IAsyncEnumerable<int> Stream()
    {
        await Task.Yield();
        yield return 1;
    }

    public Task Right(int value, CancellationToken cancellationToken) => Task.FromResult(value + cancellationToken.GetHashCode());

    public Task Answer(Microsoft.AspNetCore.Http.HttpContext context) => Task.Delay(0, context.RequestAborted);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override string ToString() => "waits";
}

internal delegate Task WaitsByDelegate(int value);
