namespace CarTIngest.Reporting;

/// <summary>Which way a record of an included study was lost, as people are told everywhere.</summary>
public static class LossWords
{
    /// <returns>A part of a sentence, without a full stop.</returns>
    public static string Of(WatchedLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.Lost switch
        {
            "strategy" => "no arm of the search strategy matches it",
            "source" => "its source does not give it any more",
            "verdict" => "the rulebook in force does not call it likely",
            _ => $"lost by {loss.Lost}",
        };
    }
}
