namespace CarTIngest.Sources.Http;

/// <summary>One question to a source: what is kept of it, and how a message is made of it.</summary>
/// <param name="Endpoint">esearch, efetch, einfo, studies, study, version.</param>
/// <param name="Asked">Method, path and parameters, secrets left out. The same question has the same text.</param>
/// <param name="Message">Makes a fresh message for every try.</param>
public sealed record SourceRequest(string Endpoint, string Asked, Func<HttpRequestMessage> Message);
