using System.Globalization;
using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>A file of the review folder on its way in: every fault with its line and what to write instead, and nothing taken while there is one.</summary>
internal sealed class ReviewFile(string name)
{
    private readonly List<string> faults = [];

    public void Fault(int line, string says) => faults.Add($"{name}({line}): {says}");

    /// <summary>Of a file beside this one, read elsewhere.</summary>
    public void FaultsOf(IEnumerable<string> other) => faults.AddRange(other);

    /// <exception cref="ReviewFileException">There are faults; all of them at once.</exception>
    public void EndIfFaulty()
    {
        if (faults.Count > 0)
        {
            throw new ReviewFileException(faults);
        }
    }

    /// <exception cref="ReviewFileException">The text is no JSON object.</exception>
    public LinedJson Root(string text, string example)
    {
        try
        {
            var root = LinedJson.Parse(text);
            if (root.Kind == JsonValueKind.Object)
            {
                return root;
            }

            Fault(root.Line, $"the file is one object, for example {example}");
        }
        catch (JsonException broken)
        {
            Fault((int)(broken.LineNumber ?? 0) + 1, $"this is no JSON: {broken.Message.Split(" LineNumber:")[0]}");
        }

        EndIfFaulty();
        throw new InvalidOperationException("A root without faults was returned above.");
    }

    /// <summary>The members by name, those that are not known or stand twice being faults.</summary>
    public Dictionary<string, LinedJson> Members(LinedJson of, string what, params IReadOnlyList<string> known)
    {
        var members = new Dictionary<string, LinedJson>(StringComparer.Ordinal);
        if (of.Kind != JsonValueKind.Object)
        {
            Fault(of.Line, $"{what} is an object with {string.Join(", ", known)}.");
            return members;
        }

        foreach (var (member, value) in of.Members)
        {
            if (!known.Contains(member, StringComparer.Ordinal))
            {
                Fault(value.Line, $"{what} has no '{member}'; it has {string.Join(", ", known)}.");
            }
            else if (!members.TryAdd(member, value))
            {
                Fault(value.Line, $"'{member}' stands twice; strike one.");
            }
        }

        return members;
    }

    /// <summary>A text that is not empty; the empty one after a fault.</summary>
    public string Text(LinedJson of, IReadOnlyDictionary<string, LinedJson> members, string member, string example)
    {
        if (!members.TryGetValue(member, out var value) || value.Kind != JsonValueKind.String || value.Text.Trim().Length == 0)
        {
            Fault(value?.Line ?? of.Line, $"write \"{member}\": \"{example}\".");
            return "";
        }

        return value.Text.Trim();
    }

    /// <summary>A whole number within the bounds; the lower bound after a fault.</summary>
    public long Whole(LinedJson of, IReadOnlyDictionary<string, LinedJson> members, string member, long from, long to, string example)
    {
        if (!members.TryGetValue(member, out var value) || value.Kind != JsonValueKind.Number || !long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < from || number > to)
        {
            Fault(value?.Line ?? of.Line, $"write \"{member}\": {example} (a whole number, {from} to {to}).");
            return from;
        }

        return number;
    }

    /// <summary>A share, more than 0 and at most 1; 1 after a fault.</summary>
    public double Share(LinedJson of, IReadOnlyDictionary<string, LinedJson> members, string member, string example)
    {
        if (!members.TryGetValue(member, out var value) || value.Kind != JsonValueKind.Number || !double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share <= 0 || share > 1)
        {
            Fault(value?.Line ?? of.Line, $"write \"{member}\": {example} (a share, more than 0 and at most 1).");
            return 1;
        }

        return share;
    }

    /// <summary>One of an enumeration's names; the first value after a fault.</summary>
    public T OneOf<T>(LinedJson of, IReadOnlyDictionary<string, LinedJson> members, string member)
        where T : struct, Enum
    {
        if (!members.TryGetValue(member, out var value) || !Spelling.TryParse<T>(value.Text, out var known))
        {
            Fault(value?.Line ?? of.Line, $"write \"{member}\": one of {string.Join(", ", Spelling.All<T>())}.");
            return default;
        }

        return known;
    }
}

/// <summary>A file of the review folder cannot be used as it is: each fault with its line and what to write instead.</summary>
public sealed class ReviewFileException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
