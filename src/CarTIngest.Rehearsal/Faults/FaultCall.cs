using System.Globalization;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>One request that a fault has in its hands.</summary>
internal sealed record FaultCall(HttpContext Context, RequestDelegate Next, RehearsedRequest Request, Parameters Parameters, FaultDice Dice, FaultTimes Times, TimeProvider Clock, DriftedData Drifted)
{
    /// <summary>The same answer; it says how long to wait.</summary>
    public RehearsedAnswer TooFast(RehearsedAnswer answer)
    {
        Context.Response.Headers.RetryAfter = Times.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return answer;
    }

    /// <summary>The true answer, held back and not compressed; its headers are on the response already.</summary>
    public async Task<RehearsedAnswer> TrueAnswerAsync(CancellationToken cancellationToken)
    {
        var wire = Context.Response.Body;
        using var held = new MemoryStream();
        Context.Request.Headers.Remove("Accept-Encoding");
        Context.Response.Body = held;
        try
        {
            await Next(Context);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Context.Response.Body = wire;
        }

        return new RehearsedAnswer(Context.Response.StatusCode, Context.Response.ContentType ?? "", held.ToArray()) { Location = Context.Response.Headers.Location };
    }

    /// <summary>Half of the body, then the end of the connection.</summary>
    public async Task BreakWithinAsync(RehearsedAnswer answer, long? announced, CancellationToken cancellationToken)
    {
        Context.Response.StatusCode = answer.Status;
        Context.Response.ContentType = answer.ContentType;
        Context.Response.ContentLength = announced;
        await Context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], cancellationToken);
        await Context.Response.Body.FlushAsync(cancellationToken);
        Context.Abort();
    }
}
