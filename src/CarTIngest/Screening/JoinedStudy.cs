namespace CarTIngest.Screening;

/// <summary>
/// Several studies that entered the queue may turn out to be one: a paper and a registration, once a person confirms that they belong together. By title people decide on records, so each
/// stays; of the full text and the class there is one study, and one id under which people decide on it.
/// </summary>
public static class JoinedStudy
{
    /// <summary>
    /// The id that an entry's study bears now: that of the study in which the record stands that brought it. Of a report that several trials share it is its old one, else the first: the other
    /// trials were not entered by it.
    /// </summary>
    /// <param name="study">The id under which it entered.</param>
    /// <param name="by">The record that brought it.</param>
    /// <param name="studiesOf">The studies of every record.</param>
    public static string NowOf(string study, string by, ILookup<string, string> studiesOf)
    {
        ArgumentNullException.ThrowIfNull(studiesOf);
        return studiesOf[by].Contains(study, StringComparer.Ordinal) ? study : studiesOf[by].Order(StringComparer.Ordinal).FirstOrDefault() ?? study;
    }

    /// <summary>The id that has a class; else the one whose full text was voted on; else the one that entered first. No decision is passed over for one that was never made.</summary>
    /// <param name="entered">Ids of what is one study now, in the order in which they entered; at least one.</param>
    public static string IdOf(ScreeningState state, IEnumerable<string> entered)
    {
        ArgumentNullException.ThrowIfNull(state);
        return entered.OrderByDescending(id => state.ClassOf(id) is not null).ThenByDescending(id => state.BallotOf(Stage.Full, id).Last is not null).First();
    }

    /// <summary>The record by which the study stands at the title stage: one that advanced, else one that is open, else the first.</summary>
    /// <param name="brought">The records that brought its parts into the queue, in the order in which they entered; at least one.</param>
    public static string TitleOf(ScreeningState state, IEnumerable<string> brought)
    {
        ArgumentNullException.ThrowIfNull(state);
        return brought.Select(record => (record, Standing: state.StandingOf(Stage.Title, record)))
            .OrderByDescending(each => each.Standing.State == ItemState.Advanced).ThenBy(each => each.Standing.IsSettled).First().record;
    }
}
