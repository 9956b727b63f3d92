using System.Buffers.Binary;

namespace CarTIngest.Sources.Http;

/// <summary>
/// One pace for all processes of a machine that ask one host: a file that holds the moment before which none of them starts its next request. A start is claimed when it is
/// made, not beforehand, and the file is locked for that moment only, so that a process that stands still or dies holds up nobody.
/// Blind spot: processes on other machines, and such as were given another folder.
/// </summary>
/// <param name="meetingPlace">What brings the processes together, a store's file: while it is not there nobody else is at work, and nothing is left behind. Null: they always share.</param>
/// <param name="clock">Its timestamps count from the start of the machine, the same in every process.</param>
public sealed class PaceFile(string path, string? meetingPlace, TimeProvider clock)
{
    /// <summary>Longer than any pace makes a process wait: a moment farther away was written before the machine started anew.</summary>
    private const int LongestSpacingSeconds = 120;

    private const int MostTries = 2000;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns when this process may start a request, and has claimed it.</summary>
    /// <param name="spacing">Ticks of the clock until the next start of any process.</param>
    /// <exception cref="IOException">The file could not be opened for ten seconds.</exception>
    public async Task TakeTurnAsync(long spacing, CancellationToken cancellationToken)
    {
        while (await ClaimAsync(spacing, cancellationToken) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>How long to wait before it is worth asking again; nothing when the start was claimed.</summary>
    private async Task<TimeSpan> ClaimAsync(long spacing, CancellationToken cancellationToken)
    {
        await using var file = await OpenAsync(cancellationToken);
        if (file is null)
        {
            return TimeSpan.Zero;
        }

        var kept = new byte[sizeof(long)];
        var next = await file.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, cancellationToken) == kept.Length ? BinaryPrimitives.ReadInt64LittleEndian(kept) : long.MinValue;
        var now = clock.GetTimestamp();
        if (next > now && next - now <= LongestSpacingSeconds * clock.TimestampFrequency)
        {
            // A timer may ring a millisecond early.
            return clock.GetElapsedTime(now, next) + TimeSpan.FromMilliseconds(1);
        }

        BinaryPrimitives.WriteInt64LittleEndian(kept, now + spacing);
        file.Position = 0;
        await file.WriteAsync(kept, cancellationToken);
        await file.FlushAsync(cancellationToken);
        return TimeSpan.Zero;
    }

    /// <summary>Null where there is no meeting place, no such folder, or none that this process may write to: then no other of this user is at work there.</summary>
    private async Task<FileStream?> OpenAsync(CancellationToken cancellationToken)
    {
        if (meetingPlace is not null && !File.Exists(meetingPlace))
        {
            return null;
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (Exception nobody) when (nobody is DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException) when (tries < MostTries)
            {
                // Another process claims its start this moment.
                await Task.Delay(BetweenTries, clock, cancellationToken);
            }
        }
    }
}
