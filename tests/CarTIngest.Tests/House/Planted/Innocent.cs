using CarTIngest.Tests.House.Planted.High;

namespace CarTIngest.Tests.House.Planted.Allowed
{
    /// <summary>Its row allows it.</summary>
    internal sealed class KnowsHigh
    {
        public static string Ask() => Secret.Ask();
    }
}

namespace CarTIngest.Tests.House.Planted.Folders
{
    /// <summary>A room's own list of its folders.</summary>
    internal static class FoldersSetup
    {
        public static string Name => nameof(Left) + new Left.LeftPart();
    }

    /// <summary>Not a Setup, so it may not know its folder.</summary>
    internal static class FoldersWalk
    {
        public static object Part => new Left.LeftPart();
    }
}

namespace CarTIngest.Tests.House.Planted.Folders.Left
{
    internal sealed class LeftPart
    {
        public static object Sibling => new Right.RightPart();
    }
}

namespace CarTIngest.Tests.House.Planted.Folders.Right
{
    internal sealed class RightPart;
}

namespace CarTIngest.Tests.House.Planted.NoRow
{
    internal sealed class Homeless;
}
