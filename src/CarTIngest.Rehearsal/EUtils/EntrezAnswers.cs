using System.Globalization;
using System.Security;
using System.Text;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>The envelopes of E-utilities, DOCTYPE and all.</summary>
internal static class EntrezAnswers
{
    private const string Json = "application/json; charset=UTF-8";
    private const string Dtds = "https://eutils.ncbi.nlm.nih.gov/eutils/dtd";

    public static RehearsedAnswer ESearch(string inner) =>
        Xml(StatusCodes.Status200OK, "eSearchResult", "esearch 20060628", $"{Dtds}/20060628/esearch.dtd", $"<eSearchResult>{inner}</eSearchResult>\n");

    public static RehearsedAnswer EInfo(string inner) =>
        Xml(StatusCodes.Status200OK, "eInfoResult", "einfo 20190110", $"{Dtds}/20190110/einfo.dtd", $"<eInfoResult>\n{inner}\n</eInfoResult>\n");

    public static RehearsedAnswer ELink(string inner) =>
        Xml(StatusCodes.Status200OK, "eLinkResult", "elink 20101123", $"{Dtds}/20101123/elink.dtd", $"<eLinkResult>\n{inner}</eLinkResult>\n");

    public static RehearsedAnswer EPost(string inner) =>
        Xml(StatusCodes.Status200OK, "ePostResult", "epost 20090526", $"{Dtds}/20090526/epost.dtd", $"<ePostResult>\n{inner}</ePostResult>\n");

    /// <summary>What efetch says instead of records. Its DOCTYPE names another root than it has, as the real one does.</summary>
    public static RehearsedAnswer EFetchError(string error) => Xml(
        StatusCodes.Status400BadRequest, "eEfetchResult", "efetch 20131226", $"{Dtds}/20131226/efetch.dtd", $"<eFetchResult>\n\t<ERROR>{Escape(error)}</ERROR>\n</eFetchResult>\n");

    /// <summary>An error under status 200, in the envelope of the endpoint.</summary>
    public static RehearsedAnswer Error(string endpoint, string error)
    {
        var inner = $"<ERROR>{Escape(error)}</ERROR>";
        return endpoint switch
        {
            EndpointNames.ESearch => ESearch(inner),
            EndpointNames.EInfo => EInfo(inner),
            EndpointNames.ELink => ELink(inner),
            EndpointNames.EPost => EPost(inner),
            _ => EFetchError(error) with { Status = StatusCodes.Status200OK },
        };
    }

    public static RehearsedAnswer JsonText(string text) => new(StatusCodes.Status200OK, Json, Encoding.UTF8.GetBytes(text));

    public static RehearsedAnswer MissingDb() => RehearsedAnswer.Text(StatusCodes.Status400BadRequest, "Mandatory parameter: db - is omitted");

    public static string Escape(string text) => SecurityElement.Escape(text);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static RehearsedAnswer Xml(int status, string root, string dtd, string address, string content) => new(
        status,
        "text/xml; charset=UTF-8",
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!DOCTYPE {root} PUBLIC \"-//NLM//DTD {dtd}//EN\" \"{address}\">\n{content}"));
}
