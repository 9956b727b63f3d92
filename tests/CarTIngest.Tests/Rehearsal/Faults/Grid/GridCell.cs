using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>One fault at one request of one night.</summary>
internal sealed record GridCell(string Kind, string Endpoint, int Nth)
{
    public string Source => Endpoint[0] == 'e' ? "pubmed" : "clinicaltrials";

    private string Other => Source == "pubmed" ? "clinicaltrials" : "pubmed";

    public string Rule => $$"""{"fault":"{{Kind}}","endpoint":"{{Endpoint}}","nth":{{Nth}}}""";

    /// <summary>How the night ended; every way that is not one of the legend's is told as what is wrong with it.</summary>
    /// <param name="calm">The same nights in peace.</param>
    public GridEnd Judge(DisturbedNight calm, DisturbedNight played)
    {
        var (night, healed, peace) = (played.Disturbed, played.Healed, calm.Disturbed);
        var sums = night.Of(Source);
        var wrong = new List<string>();
        Require(night.Given is [var given] && given == Kind, $"the faults given are '{string.Join(' ', night.Given)}'");
        Require(night.Verified.Whole && healed.Verified.Whole, $"the store is not whole: {string.Join(' ', night.Verified.Faults.Concat(healed.Verified.Faults))}");
        Require(night.Told(Other) == peace.Told(Other), $"{Other} is not as in peace: {night.Told(Other)}");
        Require(night.Asked.Count <= 3 * peace.Asked.Count, $"{night.Asked.Count} requests, {peace.Asked.Count} in peace");
        Require(healed.Report.Complete, "the night after is not complete");
        Require(healed.Verified.State == calm.Healed.Verified.State, "the state after the next night is not the one without the fault");
        Require(healed.Watermarks.Values.All(mark => mark == DisturbedNights.Fourth), "the next night did not move both watermarks");
        Require(night.Watermarks[Other] == Third, $"the watermark of {Other} did not move");
        Require(peace.Held.Keys.Where(id => id.Source == Other).All(night.Held.ContainsKey), $"a record of {Other} is not held");
        if (sums.Complete)
        {
            Require(night.Watermarks[Source] == Third, "complete, and the watermark did not move");
            Require(night.Told(Source) == peace.Told(Source), $"complete, and tells otherwise than in peace: {night.Told(Source)}");
            return wrong.Count > 0 ? GridEnd.Wrong(this, wrong)
                : night.Asked.Count <= peace.Asked.Count + 1 ? GridEnd.AskedAgain
                : GridEnd.BegunAgain;
        }

        Require(sums.Why.Count > 0 && sums.Why.All(why => why.Length > 20), "no reason is named");
        Require(night.Watermarks[Source] == Second, "not complete, and the watermark moved");
        return wrong.Count > 0 ? GridEnd.Wrong(this, wrong) : sums.Answered ? GridEnd.Incomplete : GridEnd.Down;

        void Require(bool holds, string says)
        {
            if (!holds)
            {
                wrong.Add(says);
            }
        }
    }
}

/// <summary>How a disturbed night ended.</summary>
/// <param name="Code">One character in the table.</param>
/// <param name="Says">The legend; of a wrong end all that is wrong with it.</param>
internal sealed record GridEnd(char Code, string Says)
{
    public static readonly GridEnd AskedAgain = new('=', "The night is complete and tells the same as without the fault; one request more at most.");
    public static readonly GridEnd BegunAgain = new('+', "The same, after more requests: the walk was begun again, a batch was halved, or its records were asked for one by one.");
    public static readonly GridEnd Incomplete = new('i', "The night is not complete and says why; its watermark stays; what came is kept.");
    public static readonly GridEnd Down = new('d', "The source counts as down, with the reason; its watermark stays; what came before is kept.");

    public static readonly IReadOnlyList<GridEnd> Legend = [AskedAgain, BegunAgain, Incomplete, Down];

    public bool IsWrong => Code == '!';

    public static GridEnd Wrong(GridCell cell, IEnumerable<string> says) => new('!', $"{cell.Rule}: {string.Join("; ", says)}");
}
