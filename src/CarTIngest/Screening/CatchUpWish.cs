namespace CarTIngest.Screening;

/// <summary>All catch-up choices taken together: what was once named to be screened stays so; after screen_all everything is, until accept ends it.</summary>
internal sealed record CatchUpWish(bool All, IReadOnlySet<string> These)
{
    public static CatchUpWish Of(ScreeningState state)
    {
        var choices = state.CatchUps.Select(decision => (CatchUpChosen)decision.Content()).ToList();
        return new CatchUpWish(choices is [.., { Choice: CatchUpChoice.ScreenAll }], choices.SelectMany(choice => choice.Screened).ToHashSet(StringComparer.Ordinal));
    }

    public bool Covers(JudgedStudy study) => All || These.Contains(study.Id) || study.Records.Any(record => These.Contains(record.Id.Text));
}
