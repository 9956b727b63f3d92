using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Eligibility;

/// <summary>Writes an enumeration as the command line's contract spells it: <c>likely</c>, <c>met</c>, <c>supports</c>.</summary>
internal sealed class LowerCaseNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
