using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Rehearsal.Server;

/// <summary>Which night it is, and how often each endpoint was asked.</summary>
internal sealed class NightStage(RehearsalCorpus corpus)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> askedTonight = new(StringComparer.Ordinal);
    private NightInForce inForce = corpus.On(corpus.Nights[0]);

    public void MoveTo(DateOnly night)
    {
        var next = corpus.On(night);
        lock (gate)
        {
            inForce = next;
            askedTonight.Clear();
        }
    }

    public RehearsedRequest Enter(string endpoint)
    {
        lock (gate)
        {
            asked[endpoint] = asked.GetValueOrDefault(endpoint) + 1;
            askedTonight[endpoint] = askedTonight.GetValueOrDefault(endpoint) + 1;
            return new RehearsedRequest(endpoint, asked[endpoint], askedTonight[endpoint], inForce);
        }
    }
}
