using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>What was decided, without who, when and on what. Its canonical JSON: members in ordinal order, absent ones left out, no white space.</summary>
public abstract record DecisionContent
{
    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { InOrdinalOrder } },
    };

    private static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["vote"] = typeof(Vote),
        ["vote_undone"] = typeof(VoteUndone),
        ["adjudication"] = typeof(Adjudication),
        ["full_text"] = typeof(FullTextFound),
        ["study_class"] = typeof(Classed),
        ["tie"] = typeof(TieDeclared),
        ["link_confirmed"] = typeof(LinkConfirmed),
        ["kept_apart"] = typeof(KeptApart),
        ["catch_up"] = typeof(CatchUpChosen),
        ["automation_adopted"] = typeof(AutomationAdopted),
        ["automation_withdrawn"] = typeof(AutomationWithdrawn),
        ["rules_changed"] = typeof(RulesChanged),
        ["task_settled"] = typeof(TaskSettled),
    };

    private static readonly Dictionary<Type, string> Names = Kinds.ToDictionary(kind => kind.Value, kind => kind.Key);

    /// <summary>The kind's name in the chain.</summary>
    [JsonIgnore]
    public string Kind => Names[GetType()];

    public string ToJson() => JsonSerializer.Serialize(this, GetType(), Canonical);

    /// <exception cref="JsonException">No such kind, or the text is none of it.</exception>
    public static DecisionContent Read(string kind, string payload) =>
        Kinds.TryGetValue(kind, out var type)
            ? (DecisionContent?)JsonSerializer.Deserialize(payload, type, Canonical) ?? throw new JsonException("The payload is empty.")
            : throw new JsonException($"No decision is called '{kind}'.");

    private static void InOrdinalOrder(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var (index, property) in type.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).Index())
            {
                property.Order = index;
            }
        }
    }
}

/// <summary>One person's vote: on a record at the title stage, on a study at the full one.</summary>
/// <param name="Reason">A code of the protocol, of an exclusion.</param>
public sealed record Vote(Stage Stage, Choice Choice, string? Reason = null) : DecisionContent;

/// <summary>A person takes the own last vote back.</summary>
public sealed record VoteUndone(Stage Stage) : DecisionContent;

/// <summary>A third person settles what two could not.</summary>
public sealed record Adjudication(Stage Stage, Choice Choice, string? Reason = null) : DecisionContent;

/// <param name="Link">Where it was obtained.</param>
public sealed record FullTextFound(FullTextState State, string? Link = null) : DecisionContent;

/// <summary>The class people give a study.</summary>
/// <param name="Reason">A code of the protocol, of an exclusion.</param>
public sealed record Classed(StudyClass Class, string? Reason = null) : DecisionContent;

/// <summary>A person took part in the trial, or is otherwise not free to judge it. The subject is the trial's record.</summary>
public sealed record TieDeclared(string? Because = null) : DecisionContent;

/// <summary>The subject and another record are of one study.</summary>
public sealed record LinkConfirmed(RecordId Other, string? Because = null) : DecisionContent;

/// <summary>The subject and another record are not of one study, for good.</summary>
public sealed record KeptApart(RecordId Other, string? Because = null) : DecisionContent;

/// <summary>What becomes of what was public before the base review's search and is not in it.</summary>
/// <param name="Likely">How many studies were outside the queue then.</param>
/// <param name="Screened">The studies to be screened, by the records that bring them; none where all are accepted as they are.</param>
public sealed record CatchUpChosen(CatchUpChoice Choice, int Likely, int Possible, IReadOnlyList<string> Screened) : DecisionContent;

/// <summary>Unlikely is set aside from now on.</summary>
/// <param name="Rulebook">Its content hash, or <c>any</c>.</param>
public sealed record AutomationAdopted(DateOnly On, string Rulebook, string Says) : DecisionContent;

/// <summary>Unlikely is screened again.</summary>
public sealed record AutomationWithdrawn(string Because) : DecisionContent;

/// <summary>A change of the strategy or the rulebook, which the subject names. It takes effect at the start of a night.</summary>
/// <param name="From">The version before, by its content hash; empty when there was none.</param>
/// <param name="SecondReader">Who read it besides the author.</param>
/// <param name="Gained">Records that the change brings.</param>
/// <param name="Lost">Records that it loses.</param>
public sealed record RulesChanged(string Author, string SecondReader, string Because, string From, string To, int Gained, int Lost) : DecisionContent;

/// <summary>A person has done what a task asked for.</summary>
/// <param name="By">The record that the task came by.</param>
/// <param name="Night">The night that asked: the same may be asked again later.</param>
public sealed record TaskSettled(TaskKind Task, TaskCause Because, RecordId By, DateOnly Night) : DecisionContent;
