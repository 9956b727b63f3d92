using System.Buffers.Binary;
using System.Diagnostics;
using CarTIngest.Sources.Http;

namespace CarTIngest.Tests.Sources.Http;

public sealed class PaceFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-pace-");

    private string File => Path.Combine(folder.FullName, "example.org-443.pace");

    [Fact]
    public async Task Limiters_over_one_file_keep_one_pace_between_them()
    {
        var starts = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var limiter = new PacingLimiter(20, TimeProvider.System, new PaceFile(File, null, TimeProvider.System));
            for (var n = 0; n < 5; n++)
            {
                using var lease = await limiter.AcquireAsync();
                lock (starts)
                {
                    starts.Add(Stopwatch.GetTimestamp());
                }
            }
        }));

        Assert.Equal(15, starts.Count);
        // Fourteen spacings of 50 ms, however the three took turns.
        Assert.True(Stopwatch.GetElapsedTime(starts.Min(), starts.Max()) >= TimeSpan.FromMilliseconds(690));
    }

    [Fact]
    public async Task A_moment_from_before_the_machine_started_anew_holds_nobody_up()
    {
        var far = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(far, TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency * 3600));
        await System.IO.File.WriteAllBytesAsync(File, far);

        await new PaceFile(File, null, TimeProvider.System).TakeTurnAsync(1, CancellationToken.None);

        Assert.NotEqual(far, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_file_that_is_damaged_holds_nobody_up()
    {
        await System.IO.File.WriteAllTextAsync(File, "x");

        await new PaceFile(File, null, TimeProvider.System).TakeTurnAsync(1, CancellationToken.None);

        Assert.Equal(sizeof(long), new FileInfo(File).Length);
    }

    [Fact]
    public async Task Where_there_is_no_folder_nobody_else_is_at_work_and_none_is_made()
    {
        await new PaceFile(Path.Combine(folder.FullName, "none", "x.pace"), null, TimeProvider.System).TakeTurnAsync(1, CancellationToken.None);

        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task The_pace_is_shared_as_soon_as_the_place_is_there_where_processes_meet()
    {
        var store = Path.Combine(folder.FullName, "cartingest.db");
        var pace = new PaceFile(File, store, TimeProvider.System);

        await pace.TakeTurnAsync(1, CancellationToken.None);
        Assert.Empty(folder.GetFileSystemInfos());
        await System.IO.File.WriteAllTextAsync(store, "");
        await pace.TakeTurnAsync(1, CancellationToken.None);

        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_another_process_has_the_turn_lets_the_next_one_go()
    {
        await new PaceFile(File, null, TimeProvider.System).TakeTurnAsync(TimeProvider.System.TimestampFrequency, CancellationToken.None);
        using var limiter = new PacingLimiter(1000, TimeProvider.System, new PaceFile(File, null, TimeProvider.System));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.AcquireAsync(1, patience.Token));
        using var lease = await limiter.AcquireAsync();

        Assert.True(lease.IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
