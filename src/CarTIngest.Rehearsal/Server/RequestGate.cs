using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Server;

/// <summary>
/// Stands before the answers: it may call <paramref name="next"/>, answer in its place, change what it wrote, or break the connection.
/// Gates stand behind the rate limit and inside the log; <see cref="RehearsedRequest.Of"/> tells what is asked.
/// </summary>
public delegate Task RequestGate(HttpContext context, RequestDelegate next);
