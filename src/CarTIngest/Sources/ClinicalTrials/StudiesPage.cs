using System.Text.Json;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>What a page of <c>/studies</c> says beside its studies. The studies are followed by their brackets only, so that one that cannot be read does not spoil the page.</summary>
/// <param name="TotalCount">On the first page only; null where not given.</param>
/// <param name="NextPageToken">Null on the last page. Opaque, of any length.</param>
/// <param name="HasStudies">Whether there is a list of studies at all.</param>
/// <param name="IsEmpty">Whether that list has no element.</param>
internal sealed record StudiesPage(long? TotalCount, string? NextPageToken, bool HasStudies, bool IsEmpty)
{
    /// <summary>Null for what is no whole JSON object.</summary>
    public static StudiesPage? TryRead(ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        var start = span.Length - span.TrimStart("\uFEFF \t\r\n"u8).Length;
        span = span[start..].TrimEnd(" \t\r\n"u8);
        if (span.IsEmpty || span[0] != (byte)'{')
        {
            return null;
        }

        var page = new StudiesPage(null, null, HasStudies: false, IsEmpty: false);
        var scan = default(ValueScan);
        // The studies are cut out; what is left is a small object that a strict reader takes.
        var rest = new MemoryStream();
        while (true)
        {
            switch (scan.Advance(span))
            {
                case ScanStop.StudiesBegin:
                    rest.Write(span[..scan.Position]);
                    span = span[scan.Position..];
                    var length = ListLength(span);
                    if (length is null)
                    {
                        return null;
                    }

                    page = page with { HasStudies = true, IsEmpty = span[..(length.Value - 1)].Trim(" \t\r\n"u8).IsEmpty };
                    span = span[(length.Value - 1)..];
                    rest.WriteByte((byte)']');
                    span = span[1..];
                    scan = ValueScan.InsideObject;
                    break;
                case ScanStop.Whole when scan.Position == span.Length:
                    rest.Write(span);
                    return page.With(rest.ToArray());
                default:
                    return null;
            }
        }
    }

    /// <summary>Bytes up to and with the bracket that closes the list in which the span stands; null where none does.</summary>
    private static int? ListLength(ReadOnlySpan<byte> span)
    {
        var depth = 1;
        for (var at = 0; at < span.Length; at++)
        {
            switch (span[at])
            {
                case (byte)'"':
                    at += StringLength(span[at..]) - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    if (depth == 0)
                    {
                        return at + 1;
                    }

                    break;
                default:
                    break;
            }
        }

        return null;
    }

    private static int StringLength(ReadOnlySpan<byte> span)
    {
        for (var at = 1; at < span.Length; at++)
        {
            if (span[at] == (byte)'\\')
            {
                at++;
            }
            else if (span[at] == (byte)'"')
            {
                return at + 1;
            }
        }

        return span.Length;
    }

    private StudiesPage? With(byte[] rest)
    {
        try
        {
            using var document = JsonDocument.Parse(rest);
            var root = document.RootElement;
            return this with
            {
                TotalCount = root.TryGetProperty("totalCount", out var total) && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var count) ? count : null,
                NextPageToken = root.TryGetProperty("nextPageToken", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
