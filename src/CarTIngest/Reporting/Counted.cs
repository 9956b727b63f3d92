using System.Globalization;

namespace CarTIngest.Reporting;

/// <summary>A number with what it counts, as people say it: 1 message, 2,143 messages.</summary>
public static class Counted
{
    /// <param name="one">After 1; may be more than the noun, such as message was.</param>
    /// <param name="many">After every other number, 0 too.</param>
    public static string Of(long number, string one, string many) => number == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{number:N0} {many}");
}
