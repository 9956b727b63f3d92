using System.Buffers;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// Cuts a document into records by bracket balance, in one pass and with bounded memory: one object, an array, <c>{"studies":[…]}</c>, JSON lines, and
/// any of these one after the other. No byte that could be a record is passed over in silence: what is no record comes as a piece of its own kind.
/// </summary>
internal sealed class StudySplitter(Stream stream)
{
    /// <summary>Bytes of one record at most.</summary>
    public const int LargestRecord = 32 * 1024 * 1024;

    /// <summary>Bytes kept of what is no record or too long for one.</summary>
    public const int HeldOfRefused = 64 * 1024;

    private enum Frame
    {
        Array,
        EnvelopeRest,
    }

    private enum Doing
    {
        Between,
        Value,
        Text,
        Done,
    }

    private const int MaxFrames = 64;

    private static readonly SearchValues<byte> BetweenRecords = SearchValues.Create(" \t\r\n,\u001e"u8);

    private readonly ByteWindow window = new(stream);
    private readonly Stack<Frame> frames = new();
    private Doing doing;
    private ValueScan scan;
    private byte[]? head;
    private long began;
    private int textPosition;
    private bool sawAnything;
    private bool starved;

    /// <summary>Why the stream itself broke off, or null.</summary>
    public string? Fault => window.Fault;

    /// <summary>The next piece, or null after the last.</summary>
    public async ValueTask<StudyPiece?> NextAsync(CancellationToken cancellationToken)
    {
        while (doing != Doing.Done)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = doing switch
            {
                Doing.Value => InValue(),
                Doing.Text => InText(),
                _ => Between(),
            };
            if (piece is not null)
            {
                return piece;
            }

            if (!starved)
            {
                continue;
            }

            starved = false;
            if (window.Ended)
            {
                return AtTheEnd();
            }

            await window.FillAsync(cancellationToken);
        }

        return null;
    }

    private StudyPiece? Starve()
    {
        starved = true;
        return null;
    }

    private StudyPiece? Between()
    {
        if (frames.TryPeek(out var frame) && frame == Frame.EnvelopeRest)
        {
            return InEnvelopeRest();
        }

        var skipped = Skippable(window.Span);
        window.Drop(skipped);
        if (window.Length == 0 || (window.Offset == 0 && window.Length < 3 && !window.Ended))
        {
            return Starve();
        }

        if (window.Offset == 0 && window.Span.StartsWith("\uFEFF"u8))
        {
            window.Drop(3);
            return null;
        }

        sawAnything = true;
        return Begin(window.Span[0], frames.Count > 0);
    }

    private StudyPiece? Begin(byte first, bool inArray)
    {
        switch (first)
        {
            case (byte)']' when inArray:
                frames.Pop();
                window.Drop(1);
                ResumeRest();
                return null;
            case (byte)'[' when !inArray:
                frames.Push(Frame.Array);
                window.Drop(1);
                return null;
            case (byte)'{':
            case (byte)'[' or (byte)'"' when inArray:
                doing = Doing.Value;
                scan = default;
                break;
            default:
                doing = Doing.Text;
                textPosition = 0;
                break;
        }

        began = window.Offset;
        head = null;
        return null;
    }

    private StudyPiece? InValue()
    {
        var stop = scan.Advance(window.Span);
        switch (stop)
        {
            case ScanStop.Whole:
                return Finish(scan.TooDeep ? StudyPieceKind.TooDeep : StudyPieceKind.Value, scan.Position);
            case ScanStop.NextBegins:
                return Finish(StudyPieceKind.Broken, scan.Position);
            case ScanStop.StudiesBegin when frames.Count < MaxFrames:
                window.Drop(scan.Position);
                doing = Doing.Between;
                frames.Push(Frame.EnvelopeRest);
                frames.Push(Frame.Array);
                return null;
            case ScanStop.StudiesBegin:
                return Finish(StudyPieceKind.TooDeep, scan.Position);
            default:
                if (window.Length > LargestRecord || (head is not null && window.Length > HeldOfRefused))
                {
                    KeepHead();
                    var drop = scan.Position - ValueScan.LookBack;
                    window.Drop(drop);
                    scan.Dropped(drop);
                }

                return Starve();
        }
    }

    /// <summary>After its studies, what an envelope still says: nothing that is a record, so it is passed over, its end awaited.</summary>
    private StudyPiece? InEnvelopeRest()
    {
        switch (scan.Advance(window.Span))
        {
            case ScanStop.Whole:
                frames.Pop();
                window.Drop(scan.Position);
                ResumeRest();
                return null;
            case ScanStop.StudiesBegin:
                frames.Push(Frame.Array);
                window.Drop(scan.Position);
                return null;
            case ScanStop.NextBegins:
                frames.Pop();
                window.Drop(scan.Position);
                ResumeRest();
                return new StudyPiece(StudyPieceKind.Broken, window.Offset, default);
            default:
                var drop = Math.Max(0, scan.Position - HeldOfRefused);
                window.Drop(drop);
                scan.Dropped(drop);
                return Starve();
        }
    }

    private void ResumeRest()
    {
        if (frames.TryPeek(out var below) && below == Frame.EnvelopeRest)
        {
            scan = ValueScan.InsideObject;
        }
    }

    /// <summary>Text between records: in an array up to the next comma or bracket, elsewhere up to what begins as a record does. A page of markup has no such thing.</summary>
    private StudyPiece? InText()
    {
        var span = window.Span;
        if (frames.Count > 0)
        {
            var stop = span[textPosition..].IndexOfAny(",]{\n"u8);
            if (stop >= 0)
            {
                return Finish(StudyPieceKind.Text, Math.Max(1, textPosition + stop));
            }
        }
        else
        {
            while (!IsMarkup(span) && span[textPosition..].IndexOf((byte)'{') is var brace and >= 0)
            {
                textPosition += brace;
                var onNewLine = textPosition > 0 && span[textPosition - 1] == '\n';
                var begins = RecordStart.At(span[textPosition..], onNewLine);
                if (begins is null && !window.Ended)
                {
                    return Starve();
                }

                if (begins == true)
                {
                    return Finish(StudyPieceKind.Text, textPosition);
                }

                textPosition++;
            }
        }

        if (window.Length > HeldOfRefused)
        {
            KeepHead();
            window.Drop(window.Length - 1);
            textPosition = 0;
        }
        else
        {
            textPosition = window.Length;
        }

        return Starve();
    }

    private bool IsMarkup(ReadOnlySpan<byte> span) => (head is null ? span : head) is [(byte)'<', var next, ..] && (char.IsAsciiLetter((char)next) || next is (byte)'!' or (byte)'?' or (byte)'/');

    private void KeepHead() => head ??= window.Span[..Math.Min(HeldOfRefused, window.Length)].ToArray();

    private StudyPiece Finish(StudyPieceKind kind, int length)
    {
        var tooLong = head is not null || length > LargestRecord;
        var bytes = head ?? window.Memory(tooLong ? HeldOfRefused : length);
        var finished = new StudyPiece(tooLong && kind == StudyPieceKind.Value ? StudyPieceKind.TooLong : kind, began, bytes);
        window.Drop(length);
        doing = Doing.Between;
        head = null;
        return finished;
    }

    private StudyPiece? AtTheEnd()
    {
        if (doing == Doing.Value)
        {
            var cut = Finish(StudyPieceKind.DocumentCut, window.Length);
            doing = Doing.Done;
            return cut;
        }

        if (doing == Doing.Text)
        {
            return Finish(StudyPieceKind.Text, window.Length);
        }

        doing = Doing.Done;
        return frames.Count > 0 || window.Fault is not null ? new StudyPiece(StudyPieceKind.DocumentCut, window.Offset + window.Length, default)
            : sawAnything ? null
            : new StudyPiece(StudyPieceKind.Nothing, 0, default);
    }

    private static int Skippable(ReadOnlySpan<byte> span)
    {
        var to = span.IndexOfAnyExcept(BetweenRecords);
        return to < 0 ? span.Length : to;
    }
}
