using System.Text;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>The way to a document's root, and what to say where there is none that this reader reads.</summary>
internal sealed class DocumentProlog(ByteWindow window, MarkupWalk walk)
{
    /// <summary>Goes to the root's start tag. Null where its name is one of PubMed's; else the one thing to say of the file.</summary>
    public async ValueTask<BrokenSlice?> ToRootAsync(CancellationToken cancellationToken)
    {
        await window.EnsureAsync(Markup.LookAhead, cancellationToken);
        if (window.Ahead.StartsWith(Markup.ByteOrderMark))
        {
            window.Advance(Markup.ByteOrderMark.Length);
        }

        var nothing = window.Ahead.IsEmpty ? "The file is empty" : "The file holds only white space";
        while (true)
        {
            await window.EnsureAsync(Markup.LookAhead, cancellationToken);
            walk.Begin();
            if (window.Ahead.IsEmpty)
            {
                return new BrokenSlice(nothing + (window.Fault is null ? "." : $": {window.Fault}."), window.Offset, default);
            }

            var start = window.Offset;
            var kind = Markup.KindOf(window.Ahead);
            switch (kind)
            {
                case MarkupKind.StartTag:
                    return await JudgeRootAsync(cancellationToken);
                case MarkupKind.Comment or MarkupKind.Instruction or MarkupKind.Declaration:
                    nothing = "The file holds a prolog and no root element";
                    if (await walk.OverAsync(kind, cancellationToken) == Reached.Cut)
                    {
                        return new BrokenSlice("The file is cut: it ends inside its prolog.", start, walk.HeadOfTooLarge ?? window.Marked);
                    }

                    break;
                default:
                    await window.EnsureAsync(PubMedXmlSplitter.HeadBytes, cancellationToken);
                    var blank = window.Ahead.IndexOfAnyExcept(" \t\r\n"u8);
                    if (blank == 0)
                    {
                        var head = window.Next(PubMedXmlSplitter.HeadBytes);
                        return new BrokenSlice($"The file is no XML; it begins with “{Shown.Text(Encoding.UTF8.GetString(head.Span[..Math.Min(head.Length, 200)]))}”.", start, head);
                    }

                    window.Advance(blank < 0 ? window.Ahead.Length : blank);
                    break;
            }
        }
    }

    private async ValueTask<BrokenSlice?> JudgeRootAsync(CancellationToken cancellationToken)
    {
        var name = Markup.NameOf(window.Ahead);
        if (PubMedNames.IsSet(name) || name is PubMedNames.Article or PubMedNames.BookArticle)
        {
            return null;
        }

        await window.EnsureAsync(PubMedXmlSplitter.HeadBytes, cancellationToken);
        var head = window.Next(PubMedXmlSplitter.HeadBytes);
        if (!head.Span.Contains((byte)'>'))
        {
            return new BrokenSlice("The file is cut: it ends inside its root's start tag.", window.Offset, head);
        }

        return new BrokenSlice(WrongRoot.Says(name, head), window.Offset, head);
    }
}
