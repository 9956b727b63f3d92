using System.Runtime.CompilerServices;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// Cuts a UTF-8 document into the records that stand directly below its root, by its bytes alone, in one pass and in bounded memory. Whatever else
/// stands there comes out as one broken slice each, so that nothing is passed over in silence.
/// </summary>
internal sealed class PubMedXmlSplitter
{
    public const int RecordBytes = 32 * 1024 * 1024;

    /// <summary>So much of what is too large, or no record at all, is handed on.</summary>
    public const int HeadBytes = 64 * 1024;

    private readonly ByteWindow window;
    private readonly MarkupWalk walk;
    private string unclosedStranger = "";
    private bool cut;

    public PubMedXmlSplitter(Stream utf8)
    {
        window = new ByteWindow(utf8, RecordBytes + ByteWindow.Step);
        walk = new MarkupWalk(window);
    }

    /// <summary>The root's start tag, once it was met: it may declare namespaces that records use.</summary>
    public ReadOnlyMemory<byte> RootTag { get; private set; }

    public async IAsyncEnumerable<XmlSlice> SplitAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await new DocumentProlog(window, walk).ToRootAsync(cancellationToken) is { } noRoot)
        {
            yield return noRoot;
            yield break;
        }

        var root = Markup.NameOf(window.Ahead);
        if (!PubMedNames.IsSet(root))
        {
            yield return await ElementAsync(root, root: "", cancellationToken);
        }
        else
        {
            walk.Begin();
            var opened = await walk.OverTagAsync(cancellationToken);
            RootTag = window.Marked.ToArray();
            while (opened != Reached.Whole && !cut && await NextAsync(root, cancellationToken) is { } slice)
            {
                yield return slice;
            }
        }

        if (!cut && await AfterRootAsync(cancellationToken) is { } more)
        {
            yield return more;
        }
    }

    /// <summary>The next piece below the root; null behind the root's end tag.</summary>
    private async ValueTask<XmlSlice?> NextAsync(string root, CancellationToken cancellationToken)
    {
        while (true)
        {
            await window.EnsureAsync(Markup.LookAhead, cancellationToken);
            walk.Begin();
            if (window.Ahead.IsEmpty)
            {
                return Cut($"the end tag of {root} is missing");
            }

            var start = window.Offset;
            var kind = Markup.KindOf(window.Ahead);
            var name = kind is MarkupKind.StartTag or MarkupKind.EndTag ? Markup.NameOf(window.Ahead) : "";
            switch (kind)
            {
                case MarkupKind.StartTag:
                    return await ElementAsync(name, root, cancellationToken);
                case MarkupKind.EndTag:
                    var tag = await walk.OverTagAsync(cancellationToken);
                    if (tag == Reached.Cut)
                    {
                        return Cut("it ends inside an end tag", start);
                    }

                    if (name == root)
                    {
                        return null;
                    }

                    if (name != unclosedStranger)
                    {
                        return new BrokenSlice($"An end tag, {Shown.Name(name)}, stands between the records and closes nothing.", start, Held());
                    }

                    unclosedStranger = "";
                    break;
                case MarkupKind.Comment or MarkupKind.Instruction or MarkupKind.CData or MarkupKind.Declaration:
                    if (await walk.OverAsync(kind, cancellationToken) == Reached.Cut)
                    {
                        return Unended(start);
                    }

                    if (kind == MarkupKind.Comment && HiddenRecord() is { } hidden)
                    {
                        window.ReturnTo(hidden);
                        return new BrokenSlice("A comment begins between the records and does not end before the next one begins.", start, Held());
                    }

                    if (kind is MarkupKind.CData or MarkupKind.Declaration)
                    {
                        return new BrokenSlice($"A {(kind == MarkupKind.CData ? "CDATA section" : "declaration")} stands between the records.", start, Held());
                    }

                    break;
                default:
                    await walk.OverTextAsync(cancellationToken);
                    if (!Markup.IsBlank(Held().Span))
                    {
                        if (window.Ahead.IsEmpty)
                        {
                            return Cut("it ends between two records", start);
                        }

                        return new BrokenSlice("Text stands between the records.", start, Held());
                    }

                    break;
            }
        }
    }

    private async ValueTask<XmlSlice> ElementAsync(string name, string root, CancellationToken cancellationToken)
    {
        walk.Begin();
        var start = window.Offset;
        var tag = await walk.OverTagAsync(cancellationToken);
        var reached = tag == Reached.Unclosed ? await walk.ToElementEndAsync(name, root, cancellationToken) : tag;
        if (reached != Reached.Whole && window.HasMark && Markup.NextRecordStart(window.Marked.Span) is > 0 and var next)
        {
            // Something in it has no end and hid the beginning of another record.
            window.ReturnTo(next);
            reached = Reached.Unclosed;
        }

        if (reached == Reached.Cut)
        {
            return Cut($"it ends inside a {Shown.Name(name)}", start);
        }

        if (walk.HeadOfTooLarge is not null || window.Marked.Length > RecordBytes)
        {
            return new BrokenSlice($"A {Shown.Name(name)} is larger than the 32 MiB that one record may have.", start, Held());
        }

        if (!PubMedNames.IsRecord(name))
        {
            unclosedStranger = reached == Reached.Unclosed ? name : "";
            return new BrokenSlice($"An unknown element, {Shown.Name(name)}, stands where a record should.", start, Held());
        }

        return reached == Reached.Whole
            ? new RecordSlice(name, start, window.Marked, window.Shrink, window.ReturnTo)
            : new BrokenSlice($"The record is not well-formed XML: the end tag of {name} is missing before the next record begins or the set ends.", start, Held());
    }

    private async ValueTask<XmlSlice?> AfterRootAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await window.EnsureAsync(Markup.LookAhead, cancellationToken);
            walk.Begin();
            if (window.Ahead.IsEmpty)
            {
                return window.Fault is null ? null : Cut("behind its last end tag");
            }

            var start = window.Offset;
            var kind = Markup.KindOf(window.Ahead);
            if (kind == MarkupKind.Comment || kind == MarkupKind.Instruction && Markup.NameOf(window.Ahead) != "xml")
            {
                if (await walk.OverAsync(kind, cancellationToken) == Reached.Cut)
                {
                    return Cut("it ends inside a comment or an instruction", start);
                }

                continue;
            }

            await window.EnsureAsync(HeadBytes, cancellationToken);
            var blank = window.Ahead.IndexOfAnyExcept(" \t\r\n"u8);
            if (blank == 0)
            {
                return new BrokenSlice("The file goes on after its document's end, as when two documents are joined into one file.", start, window.Next(HeadBytes));
            }

            window.Advance(blank < 0 ? window.Ahead.Length : blank);
        }
    }

    /// <summary>Where a record begins in the comment just passed, if it cannot be one comment: two hyphens stand inside it, which XML forbids, as where one never ended and ran on to the end of another.</summary>
    private int? HiddenRecord()
    {
        var comment = window.HasMark ? window.Marked.Span : default;
        return comment.Length > "<!---->".Length && comment[4..^3].IndexOf("--"u8) >= 0 && Markup.NextRecordStart(comment) is > 0 and var next ? next : null;
    }

    /// <summary>A construct without an end, below the root: cut there, or broken markup behind which the next record begins.</summary>
    private BrokenSlice Unended(long start)
    {
        var next = window.HasMark ? Markup.NextRecord(window.Marked.Span) : -1;
        if (next < 0)
        {
            return Cut("it ends inside a comment, an instruction or a declaration", start);
        }

        window.ReturnTo(next);
        return new BrokenSlice("A comment, an instruction or a declaration begins between the records and never ends.", start, Held());
    }

    private BrokenSlice Cut(string where, long? start = null)
    {
        cut = true;
        var fault = window.Fault is null ? "" : $"; {window.Fault}";
        return new BrokenSlice($"The file is cut: {where}{fault}.", start ?? window.Offset, Held());
    }

    private ReadOnlyMemory<byte> Held() => walk.HeadOfTooLarge
        ?? (window.Marked.Length > RecordBytes ? window.Marked[..HeadBytes] : window.Marked);
}
