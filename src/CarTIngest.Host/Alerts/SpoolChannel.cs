using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// Mails as files in a folder, <c>MESSAGE-ID.eml</c>, each there whole or not at all, once. What was written and not yet named lies beside it under a name that begins with a dot; to give it its name is
/// the hand-over. As long as the dotted file is there the mail was not handed over, and when it is not, it was: also when somebody fetched the mail meanwhile. That a file is not there says so only in the folder
/// where it was: a marker tells whether this is one that was written to, and not the empty place of a disk that is away.
/// </summary>
/// <param name="machine">Whose folder it is.</param>
public sealed class SpoolChannel(SpoolOptions options, MailLetter letter, MailFace face, UnsubscribeIds unsubscribe, string machine) : IAlertChannel
{
    public string Name => OutboxChannel.Mail;

    public string TargetOf(OutboxMessage message) => $"{machine}:{Path.GetFullPath(Final(message))}";

    public async Task<HandOver> HandOverAsync(OutboxMessage message, Func<CancellationToken, Task<bool>> give, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(give);
        try
        {
            Directory.CreateDirectory(options.Folder);
            if (!File.Exists(Marker))
            {
                await using var marker = new FileStream(Marker, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            }

            if (File.Exists(Final(message)))
            {
                return Handed(message);
            }

            // Of attempts that died before they gave anything.
            foreach (var left in Directory.GetFiles(options.Folder, $".{face.MessageId(message)}.*.tmp"))
            {
                File.Delete(left);
            }

            var bytes = letter.BytesOf(message, await unsubscribe.OfAsync(message, cancellationToken));
            await using (var file = new FileStream(Unnamed(message), FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            FolderSync.Run(options.Folder);
            if (!await give(cancellationToken))
            {
                File.Delete(Unnamed(message));
                return new HandOver(HandOverEnd.NotOurs, null);
            }

            return Finish(message);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new HandOver(HandOverEnd.ChannelFails, $"The spool folder cannot be written: {trouble.Message}");
        }
    }

    public Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            // Given by another machine, into another folder or under another domain: here nothing tells what became of it.
            var isOurs = (message.GivenTo == TargetOf(message) && File.Exists(Marker)) || File.Exists(Unnamed(message)) || File.Exists(Final(message));
            return Task.FromResult(isOurs ? Finish(message) : new HandOver(HandOverEnd.Ambiguous, OutboxMoves.Unanswered));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(new HandOver(HandOverEnd.ChannelFails, $"The spool folder cannot be written: {trouble.Message}"));
        }
    }

    /// <summary>Gives the file its name, unless that was done.</summary>
    private HandOver Finish(OutboxMessage message)
    {
        if (File.Exists(Unnamed(message)))
        {
            try
            {
                File.Move(Unnamed(message), Final(message), overwrite: true);
                FolderSync.Run(options.Folder);
            }
            catch (FileNotFoundException)
            {
                // Another process gave it its name this moment.
                return Handed(message);
            }
            catch (IOException unsure)
            {
                // It bears its name and may be fetched already; whether it bears it after the power failed, nobody knows.
                return new HandOver(HandOverEnd.Ambiguous, $"In the spool as {face.MessageId(message)}.eml, but the folder's names could not be flushed to disk: {unsure.Message}");
            }
        }

        return Handed(message);
    }

    private HandOver Handed(OutboxMessage message) => new(HandOverEnd.Sent, $"In the spool as {face.MessageId(message)}.eml.");

    private string Marker => Path.Combine(options.Folder, ".cartingest-spool");

    private string Final(OutboxMessage message) => Path.Combine(options.Folder, $"{face.MessageId(message)}.eml");

    private string Unnamed(OutboxMessage message) => Path.Combine(options.Folder, $".{face.MessageId(message)}.{message.Attempts}.tmp");
}
