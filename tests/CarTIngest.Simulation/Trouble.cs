namespace CarTIngest.Simulation;

/// <summary>What goes wrong between a source and one night that asks it.</summary>
internal sealed record Trouble
{
    public static Trouble None { get; } = new();

    /// <summary>Which of the night's requests to it is not answered; null: all are.</summary>
    public int? DownAt { get; init; }

    /// <summary>The arm whose list is cut, so that it cannot be proven.</summary>
    public int? UnprovenArm { get; init; }

    /// <summary>Of a hundred records, how many an arm's list swallows without a word.</summary>
    public int ShrunkPercent { get; init; }

    /// <summary>How many censuses of the night are shrunk so.</summary>
    public int ShrunkTimes { get; init; }

    /// <summary>One of so many asked ids comes back neither given nor refused; null: none.</summary>
    public int? LeavesOutOneIn { get; init; }

    /// <summary>One of so many records is given twice in a fetch.</summary>
    public int? RepeatsOneIn { get; init; }

    public static Trouble Draw(Dice dice) => dice.Below(12) switch
    {
        0 => new Trouble { DownAt = dice.Below(2) },
        1 => new Trouble { DownAt = dice.Between(2, 6) },
        2 => new Trouble { UnprovenArm = dice.Below(2) },
        3 => new Trouble { ShrunkPercent = dice.Pick([15, 40, 80, 100]), ShrunkTimes = dice.Between(1, 2) },
        4 => new Trouble { LeavesOutOneIn = dice.Between(1, 4), RepeatsOneIn = 5 },
        _ => None,
    };
}
