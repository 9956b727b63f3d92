using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Server;

/// <summary>An answer before it is sent.</summary>
internal sealed record RehearsedAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string PlainText = "text/plain;charset=utf-8";

    public string? Location { get; init; }

    public static RehearsedAnswer Text(int status, string text) => new(status, PlainText, Encoding.UTF8.GetBytes(text));

    /// <summary>As the machines in front of the services speak.</summary>
    public static RehearsedAnswer Html(int status, string title) => new(
        status, "text/html", Encoding.UTF8.GetBytes($"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n"));

    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers.Location = Location;
        if (Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Body.Length;
        // Writing a body to HEAD would be an error of ours, not of the caller.
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }

    /// <summary>Compressed when the request accepts it.</summary>
    public Task SendCompressedAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept-Encoding";
        if (Body.IsEmpty || !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return SendAsync(context);
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Body.Span);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return (this with { Body = packed.ToArray() }).SendAsync(context);
    }
}
