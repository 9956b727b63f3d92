namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>One member of the known schema with the members below it.</summary>
/// <param name="Name">UTF-8.</param>
/// <param name="Watched">Whether an unknown name below it counts as drift.</param>
internal sealed record StudyMember(byte[] Name, bool Watched)
{
    private readonly List<StudyMember> below = [];

    public bool HasMembers => below.Count > 0;

    public void Add(StudyMember member) => below.Add(member);

    public StudyMember? Find(ReadOnlySpan<byte> name)
    {
        foreach (var member in below)
        {
            if (name.SequenceEqual(member.Name))
            {
                return member;
            }
        }

        return null;
    }
}
