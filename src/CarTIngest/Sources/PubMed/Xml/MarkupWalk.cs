namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>How far a walk came.</summary>
internal enum Reached
{
    /// <summary>Behind the end of what was walked.</summary>
    Whole,

    /// <summary>Before something that cannot stand inside: the end tag is missing.</summary>
    Unclosed,

    /// <summary>The document's end.</summary>
    Cut,
}

/// <summary>Walks from one piece of markup to the next over a <see cref="ByteWindow"/>: each byte is looked at once, whatever the document holds.</summary>
internal sealed class MarkupWalk(ByteWindow window)
{
    private readonly Dictionary<MarkupKind, long> noEndBefore = [];

    /// <summary>The first bytes of an element that grew over what is kept; null while all of it is kept.</summary>
    public ReadOnlyMemory<byte>? HeadOfTooLarge { get; private set; }

    public void Begin()
    {
        HeadOfTooLarge = null;
        window.Mark();
    }

    /// <summary>Over a comment, an instruction, a CDATA section or a DOCTYPE, of any length. Cut where it never ends.</summary>
    public ValueTask<Reached> OverAsync(MarkupKind kind, CancellationToken cancellationToken) =>
        kind == MarkupKind.Declaration ? OverDoctypeAsync(cancellationToken) : OverConstructAsync(kind, insideElement: false, cancellationToken);

    /// <summary>Over text, up to the next <c>&lt;</c>; over at least one byte.</summary>
    public async ValueTask OverTextAsync(CancellationToken cancellationToken)
    {
        window.Advance(1);
        while (true)
        {
            var next = window.Ahead.IndexOf((byte)'<');
            window.Advance(next < 0 ? window.Ahead.Length : next);
            if (next >= 0 || await FurtherAsync(cancellationToken) == Supply.End)
            {
                return;
            }
        }
    }

    /// <summary>Over a tag. A quoted <c>&gt;</c> ends nothing; a <c>&lt;</c> is never allowed and ends the tag before it.</summary>
    /// <returns>Whole where the tag closes itself (<c>/&gt;</c>), Unclosed where it opens an element.</returns>
    public async ValueTask<Reached> OverTagAsync(CancellationToken cancellationToken)
    {
        window.Advance(1);
        byte quote = 0;
        byte last = 0;
        while (true)
        {
            var ahead = window.Ahead;
            for (var i = 0; i < ahead.Length; i++)
            {
                var current = ahead[i];
                if (current == '<' || (current == '>' && quote == 0))
                {
                    window.Advance(current == '<' ? i : i + 1);
                    return current == '>' && last == '/' ? Reached.Whole : Reached.Unclosed;
                }

                quote = QuoteAfter(quote, current);
                last = current;
            }

            window.Advance(ahead.Length);
            if (await FurtherAsync(cancellationToken) == Supply.End)
            {
                return Reached.Cut;
            }
        }
    }

    /// <summary>
    /// From behind an element's start tag to behind its end tag. By name, not by balance: a record with broken markup inside ends where its end tag
    /// stands, and one without an end tag ends where the next record begins.
    /// </summary>
    public async ValueTask<Reached> ToElementEndAsync(string name, string root, CancellationToken cancellationToken)
    {
        var depth = 1;
        // Set when a comment, instruction or CDATA section never ends: it is then broken markup like any other. So is a CDATA section that holds the
        // beginning of a record: one cut inside such a section would else go on, well formed, to the end of the next and swallow it in silence.
        var plain = false;
        while (true)
        {
            var next = window.Ahead.IndexOf((byte)'<');
            window.Advance(next < 0 ? window.Ahead.Length : next);
            if (next < 0 || window.Ahead.Length < Markup.LookAhead)
            {
                var supply = await FurtherAsync(cancellationToken);
                if (supply == Supply.Got)
                {
                    continue;
                }

                if (window.Ahead.IsEmpty)
                {
                    return Reached.Cut;
                }
            }

            var kind = Markup.KindOf(window.Ahead);
            if (kind is MarkupKind.Comment or MarkupKind.Instruction or MarkupKind.CData && !plain)
            {
                var at = window.Marked.Length;
                var reached = await OverConstructAsync(kind, insideElement: true, cancellationToken);
                var swallows = kind == MarkupKind.CData && window.HasMark && Markup.NextRecordStart(window.Marked.Span[at..]) >= 0;
                if (reached == Reached.Cut && !window.HasMark)
                {
                    return Reached.Cut;
                }

                if (reached == Reached.Cut || swallows)
                {
                    window.ReturnTo(at + 1);
                    plain = true;
                }

                continue;
            }

            var met = kind is MarkupKind.StartTag or MarkupKind.EndTag ? Markup.NameOf(window.Ahead) : "";
            if (kind == MarkupKind.StartTag && PubMedNames.IsRecord(met) || kind == MarkupKind.EndTag && met == root && met != name)
            {
                return Reached.Unclosed;
            }

            if (met.Length == 0 || met != name)
            {
                window.Advance(1);
                continue;
            }

            var tag = await OverTagAsync(cancellationToken);
            depth += kind == MarkupKind.EndTag ? -1 : tag == Reached.Unclosed ? 1 : 0;
            if (tag == Reached.Cut || depth == 0)
            {
                return tag == Reached.Cut ? Reached.Cut : Reached.Whole;
            }
        }
    }

    /// <summary>Asks for more; an element that has grown too large is let go of, but for its head.</summary>
    private async ValueTask<Supply> FurtherAsync(CancellationToken cancellationToken)
    {
        var supply = await window.MoreAsync(cancellationToken);
        if (supply != Supply.Full)
        {
            return supply;
        }

        HeadOfTooLarge ??= window.Marked[..Math.Min(window.Marked.Length, PubMedXmlSplitter.HeadBytes)].ToArray();
        window.LetGo();
        return await window.MoreAsync(cancellationToken);
    }

    private async ValueTask<Reached> OverConstructAsync(MarkupKind kind, bool insideElement, CancellationToken cancellationToken)
    {
        var (opening, closing) = kind switch
        {
            MarkupKind.Comment => (4, "-->"),
            MarkupKind.CData => (9, "]]>"),
            _ => (2, "?>"),
        };
        window.Advance(Math.Min(opening, window.Ahead.Length));
        while (true)
        {
            // What an earlier walk proved to hold no such end is not searched again.
            window.Advance((int)Math.Clamp(noEndBefore.GetValueOrDefault(kind) - window.Offset, 0, window.Ahead.Length));
            var end = IndexOf(closing);
            if (end >= 0)
            {
                window.Advance(end + closing.Length);
                return Reached.Whole;
            }

            window.Advance(Math.Max(0, window.Ahead.Length - closing.Length + 1));
            // Inside an element that is too large anyway, what has no end so far is taken for broken; elsewhere it may be as long as it likes.
            if ((insideElement ? await window.MoreAsync(cancellationToken) : await FurtherAsync(cancellationToken)) != Supply.Got)
            {
                noEndBefore[kind] = window.Offset;
                return Reached.Cut;
            }
        }
    }

    private int IndexOf(string closing) => window.Ahead.IndexOf(closing switch { "-->" => "-->"u8, "]]>" => "]]>"u8, _ => "?>"u8 });

    private async ValueTask<Reached> OverDoctypeAsync(CancellationToken cancellationToken)
    {
        window.Advance(2);
        var brackets = 0;
        byte quote = 0;
        while (true)
        {
            await window.EnsureAsync(Markup.LookAhead, cancellationToken);
            if (window.Ahead.IsEmpty)
            {
                return Reached.Cut;
            }

            var kind = Markup.KindOf(window.Ahead);
            if (quote == 0 && kind is MarkupKind.Comment or MarkupKind.Instruction)
            {
                if (await OverConstructAsync(kind, insideElement: false, cancellationToken) == Reached.Cut)
                {
                    return Reached.Cut;
                }

                continue;
            }

            var current = window.Ahead[0];
            window.Advance(1);
            if (quote != 0 || current is (byte)'"' or (byte)'\'')
            {
                quote = QuoteAfter(quote, current);
                continue;
            }

            if (current == '>' && brackets == 0)
            {
                return Reached.Whole;
            }

            // A declaration inside the internal subset opens and closes like a bracket of its own.
            brackets += current switch
            {
                (byte)'[' or (byte)'<' => 1,
                (byte)']' or (byte)'>' => -1,
                _ => 0,
            };
        }
    }

    private static byte QuoteAfter(byte quote, byte current) =>
        quote != 0 ? (quote == current ? (byte)0 : quote)
        : current is (byte)'"' or (byte)'\'' ? current
        : (byte)0;
}
