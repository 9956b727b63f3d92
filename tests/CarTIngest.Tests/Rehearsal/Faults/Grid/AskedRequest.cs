using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>One request as it arrived at the stand-in.</summary>
/// <param name="Nth">Which one it was at its endpoint that night, from 1.</param>
/// <param name="Target">Path and query as they stood in the request line.</param>
/// <param name="Form">Its parameters, those of the address and of the body.</param>
internal sealed record AskedRequest(string Endpoint, int Nth, string Method, string Target, IReadOnlyDictionary<string, string> Form)
{
    /// <summary>Whether an answer was wanted only if something changed.</summary>
    public bool Conditional { get; init; }

    public string? this[string name] => Form.GetValueOrDefault(name);

    /// <summary>A gate that writes down what comes by.</summary>
    public static RequestGate Into(ICollection<AskedRequest> list) => async (context, next) =>
    {
        var request = RehearsedRequest.Of(context);
        var form = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        foreach (var (name, value) in context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty)
        {
            form[name] = value.ToString();
        }

        lock (list)
        {
            list.Add(new AskedRequest(request.Endpoint, request.NthOfNight, context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, form)
            {
                Conditional = context.Request.Headers.IfNoneMatch.Count > 0 || context.Request.Headers.IfModifiedSince.Count > 0,
            });
        }

        await next(context);
    };
}
