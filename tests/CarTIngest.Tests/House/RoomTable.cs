namespace CarTIngest.Tests.House;

/// <summary>Who may know whom: the one place where it is written. docs/decisions/0001-rooms-and-walls.md says why.</summary>
internal static class RoomTable
{
    /// <summary>Rows that wait for their room. Strike a name when the room comes; its row holds from its first type on.</summary>
    public static readonly IReadOnlyList<string> NotBuiltYet =
    [
    ];

    private static readonly string[] SourceFolders = ["Sources.Http", "Sources.Files", "Sources.PubMed", "Sources.ClinicalTrials"];

    private static readonly string[] Decides = ["Records", "Matching", "Eligibility", "Facts", "Screening", "Reporting"];

    private static readonly string[] Science = [.. Decides, "Sources", .. SourceFolders];

    public static HousePlan Plan { get; } = new(
        Roots:
        [
            new("CarTIngest.Rehearsal", Itself: "Rehearsal", OneRoom: true),
            new("CarTIngest.Host", Itself: "Program"),
            new("CarTIngest"),
        ],
        FoldersAreRooms: ["Sources"],
        Rooms:
        [
            new("Records", []),
            new("Sources", ["Records", "Sources.Http"]),
            new("Sources.Http", ["Records", "Sources"]),
            new("Sources.Files", ["Records", "Sources"]),
            new("Sources.PubMed", ["Records", "Sources", "Sources.Http"]),
            new("Sources.ClinicalTrials", ["Records", "Sources", "Sources.Http"]),
            new("Matching", ["Records"]),
            new("Eligibility", ["Records", "Matching"]),
            new("Facts", ["Records", "Eligibility"]),
            new("Screening", ["Records", "Matching", "Eligibility"]),
            new("Reporting", ["Records", "Matching", "Eligibility", "Facts", "Screening"]),

            new("Storage", [.. Decides, "Sources", "Sources.Http"]),
            new("Nightly", [.. Science, "Storage", "Alerts"]),
            new("Replay", [.. Science, "Storage", "Nightly", "Alerts"]),
            new("Web", [.. Decides, "Storage", "People", "Alerts", "Watchdog"]),
            new("Alerts", [.. Decides, "Storage"]),
            new("Watchdog", ["Reporting", "Storage", "Alerts"]),
            new("People", ["Storage"]),
            new("Jobs", ["Nightly", "Alerts", "Watchdog", "Storage"]),
            new("Commands", Room.All),
            new("Program", Room.All),

            new("Rehearsal", ["Records"]),
        ]);

    /// <summary>Sources and its way out are one room with two doors: the refusal of an answer belongs to both.</summary>
    public static string Whole(string room) => room == "Sources.Http" ? "Sources" : room;
}
