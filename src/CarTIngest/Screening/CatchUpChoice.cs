using System.Text.Json.Serialization;
using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>The lead's choice over what is likely or possible, was public before the base review's search, and is not in it.</summary>
[JsonConverter(typeof(LowerCaseNames<CatchUpChoice>))]
public enum CatchUpChoice
{
    /// <summary>The base review saw them and left them out: they stay outside the queue.</summary>
    Accept = 0,

    /// <summary>The named ones enter.</summary>
    ScreenThese = 1,

    /// <summary>All of them enter, now and as more are found.</summary>
    ScreenAll = 2,
}
