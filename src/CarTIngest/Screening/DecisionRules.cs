namespace CarTIngest.Screening;

/// <summary>Who may do what: each answer is null, or a sentence that says why not and what to do instead.</summary>
public static class DecisionRules
{
    private const int LongestName = 100;

    /// <param name="about">The subject; null where the decision is about no record, such as a change of the rulebook.</param>
    public static string? Refusal(ScreeningState state, DecisionDraft draft, DecisionSubject? about)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(draft);
        return BadName(draft.By) ?? draft.Content switch
        {
            Vote vote => OfVote(state, draft, Known(about), vote),
            VoteUndone undone => OfUndo(state, draft, undone),
            Adjudication settled => OfAdjudication(state, draft, Known(about), settled),
            FullTextFound found => OfFullText(found),
            Classed given => OfClass(state, draft, Known(about), given),
            LinkConfirmed link => OfLink(state, draft, Known(about), link.Other.Text, LinkWord.Confirmed),
            KeptApart link => OfLink(state, draft, Known(about), link.Other.Text, LinkWord.KeptApart),
            CatchUpChosen chosen => OfCatchUp(chosen),
            RulesChanged change => OfRules(change),
            AutomationAdopted adopted => OfAdoption(adopted),
            AutomationWithdrawn => state.UnlikelySetAside is null ? "Unlikely is not set aside: there is nothing to withdraw." : null,
            _ => null,
        };
    }

    private static DecisionSubject Known(DecisionSubject? about) => about ?? throw new ArgumentNullException(nameof(about), "This decision is on a record or a study.");

    private static string? BadName(string name) =>
        name.Length == 0 || name != name.Trim() || name.Length > LongestName || name.Any(char.IsControl)
            ? $"'{name}' is no name: write who decides, in one line of at most {LongestName} characters."
            : null;

    private static string? OfVote(ScreeningState state, DecisionDraft draft, DecisionSubject about, Vote vote)
    {
        var ballot = state.BallotOf(vote.Stage, draft.Subject);
        var standing = state.StandingOf(vote.Stage, draft.Subject);
        return Published(about)
            ?? BadReason(state.Protocol, vote.Stage, vote.Choice, vote.Reason)
            ?? TieTo(state, draft.By, about)
            ?? (ballot.VoteOf(draft.By) is { } own ? $"{draft.By} voted {Spelling.Of(own.Choice)} on {draft.Subject} at this stage already. Undo that vote first." : null)
            ?? NotYet(state, vote.Stage, about)
            ?? (standing.IsSettled ? $"{draft.Subject} is settled at this stage: {Spelling.Of(standing.State)}." : null)
            ?? (standing.AwaitsThird ? $"{draft.Subject} has its votes and awaits a third person, who adjudicates." : null);
    }

    private static string? OfUndo(ScreeningState state, DecisionDraft draft, VoteUndone undone)
    {
        var ballot = state.BallotOf(undone.Stage, draft.Subject);
        return ballot.VoteOf(draft.By) is null ? $"{draft.By} has no vote on {draft.Subject} at this stage to undo."
            : ballot.Settled is not null ? $"{draft.Subject} was adjudicated: a vote does not change it any more; a new adjudication does."
            : null;
    }

    private static string? OfAdjudication(ScreeningState state, DecisionDraft draft, DecisionSubject about, Adjudication settled)
    {
        var ballot = state.BallotOf(settled.Stage, draft.Subject);
        return BadReason(state.Protocol, settled.Stage, settled.Choice, settled.Reason)
            ?? (settled.Choice == Choice.Maybe ? "An adjudication includes or excludes." : null)
            ?? TieTo(state, draft.By, about)
            ?? (ballot.Settled is null && !state.StandingOf(settled.Stage, draft.Subject).AwaitsThird ? $"{draft.Subject} has no conflict at this stage: there is nothing to adjudicate." : null)
            ?? (ballot.VoteOf(draft.By) is not null ? $"{draft.By} voted on {draft.Subject}: a third person adjudicates." : null);
    }

    private static string? OfFullText(FullTextFound found) =>
        found.State == FullTextState.Obtained != (found.Link is not null) ? "An obtained full text has a link, and only that one."
        : found.Link is not null && !(Uri.TryCreate(found.Link, UriKind.Absolute, out var link) && link.Scheme is "https" or "http") ? $"'{found.Link}' is no link: write where the full text is, https://…"
        : null;

    private static string? OfClass(ScreeningState state, DecisionDraft draft, DecisionSubject about, Classed given) =>
        TieTo(state, draft.By, about)
        ?? (given.Class == StudyClass.Excluded ? BadReason(state.Protocol, Stage.Full, Choice.Exclude, given.Reason)
            : given.Reason is not null ? "A reason belongs to an exclusion." : null)
        ?? (about.IsPublished ? null : NotThrough(state, draft, about, given));

    private static string? NotThrough(ScreeningState state, DecisionDraft draft, DecisionSubject about, Classed given) =>
        (given.Class == StudyClass.Included && about is { HasPublication: false, HasResults: false } ? $"{draft.Subject} has neither a report nor posted results: only a study with one of them is included. Call it ongoing, completed_without_results or awaiting_classification." : null)
        ?? NotThroughTitle(state, about)
        ?? (about.HasPublication ? NotVoted(state, draft.Subject, given.Class) : null);

    /// <summary>One person names the class; that the study is in or out was for as many to decide as the protocol says.</summary>
    private static string? NotVoted(ScreeningState state, string study, StudyClass given)
    {
        var standing = state.StandingOf(Stage.Full, study);
        return (given == StudyClass.Included && standing.State != ItemState.Advanced) || (given == StudyClass.Excluded && !standing.IsSettled)
            ? $"{study} is not through the full-text stage yet: votes come before the class."
            : null;
    }

    /// <summary>Whether a report is of one's own trial is a judgement on it too.</summary>
    private static string? OfLink(ScreeningState state, DecisionDraft draft, DecisionSubject about, string other, LinkWord word) =>
        draft.Subject == other ? "A link is between two records."
        : TieTo(state, draft.By, about)
        ?? (state.Links.GetValueOrDefault(RecordPair.Of(draft.Subject, other)) is [.., var last] && last.Word == word ? $"{last.By} said the same of {draft.Subject} and {other} on {last.At:yyyy-MM-dd}, and it holds." : null);

    private static string? OfCatchUp(CatchUpChosen chosen) =>
        chosen.Choice == CatchUpChoice.ScreenThese != chosen.Screened.Count > 0 ? "screen_these names the studies to be screened; accept and screen_all name none." : null;

    private static string? OfRules(RulesChanged change) =>
        change.Author.Trim().Length == 0 || change.Because.Trim().Length == 0 ? "A change has an author and a reason."
        : change.SecondReader.Trim().Length == 0 || string.Equals(change.Author.Trim(), change.SecondReader.Trim(), StringComparison.OrdinalIgnoreCase) ? "A change has a second reader, who is not its author."
        : change.From == change.To ? "Nothing changed: both versions are the same."
        : null;

    private static string? OfAdoption(AutomationAdopted adopted) =>
        adopted.Rulebook != Adoption.AnyRulebook && !ProtocolFile.IsRulebook(adopted.Rulebook) ? $"'{adopted.Rulebook}' is no rulebook: write any, or its hash, sha256: and 64 digits." : null;

    private static string? BadReason(Protocol protocol, Stage stage, Choice choice, string? reason)
    {
        var codes = string.Join(", ", protocol.Reasons.Select(known => known.Code));
        return reason is not null && protocol.Reasons.All(known => known.Code != reason) ? $"There is no reason '{reason}'. The protocol has, in this order: {codes}."
            : reason is not null && choice != Choice.Exclude ? "A reason belongs to an exclusion."
            : reason is null && choice == Choice.Exclude && stage == Stage.Full ? $"An exclusion at the full-text stage has a reason: the first that holds of {codes}."
            : null;
    }

    private static string? Published(DecisionSubject about) =>
        about.IsPublished ? $"{about.Id} is a study of the base review: it was published, so nobody votes on it. `cartingest queue class` gives it another class." : null;

    private static string? TieTo(ScreeningState state, string person, DecisionSubject about)
    {
        string[] ids = [about.Id, .. about.Records.Select(record => record.Text)];
        return Array.Find(ids, id => state.HasTie(person, id)) is { } tie ? $"{person} declared a tie to {tie} and may not decide on it." : null;
    }

    private static string? NotYet(ScreeningState state, Stage stage, DecisionSubject about) =>
        stage == Stage.Title ? null
        : !about.HasPublication ? $"{about.Id} has registrations alone: there is no full text to read. It waits for results."
        : NotThroughTitle(state, about);

    private static string? NotThroughTitle(ScreeningState state, DecisionSubject about) =>
        about.Records.Any(record => state.StandingOf(Stage.Title, record.Text).State == ItemState.Advanced) ? null : $"{about.Id} is not through the title stage yet: votes by title come first.";
}
