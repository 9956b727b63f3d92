using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>One request that a fault has in its hands.</summary>
internal sealed record FaultCall(HttpContext Context, RequestDelegate Next, RehearsedRequest Request, Parameters Parameters, FaultDice Dice, FaultTimes Times, DriftedData Drifted)
{
    /// <summary>Answers in the place of the service.</summary>
    public Task AnswerAsync(RehearsedAnswer answer) => answer.SendAsync(Context);

    public Task AnswerAsync(RehearsedAnswer answer, int retryAfterSeconds)
    {
        Context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(null, null);
        return answer.SendAsync(Context);
    }

    /// <summary>The true answer, held back and not compressed; its headers are on the response already.</summary>
    public async Task<RehearsedAnswer> TrueAnswerAsync()
    {
        var wire = Context.Response.Body;
        using var held = new MemoryStream();
        Context.Request.Headers.Remove("Accept-Encoding");
        Context.Response.Body = held;
        try
        {
            await Next(Context);
        }
        finally
        {
            Context.Response.Body = wire;
        }

        return new RehearsedAnswer(Context.Response.StatusCode, Context.Response.ContentType ?? "", held.ToArray()) { Location = Context.Response.Headers.Location };
    }

    /// <summary>Half of the body, then the end of the connection.</summary>
    public async Task BreakWithinAsync(RehearsedAnswer answer, long? announced)
    {
        Context.Response.StatusCode = answer.Status;
        Context.Response.ContentType = answer.ContentType;
        Context.Response.ContentLength = announced;
        await Context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], Context.RequestAborted);
        await Context.Response.Body.FlushAsync(Context.RequestAborted);
        Context.Abort();
    }
}
