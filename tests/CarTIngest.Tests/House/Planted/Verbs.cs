#pragma warning disable CA1052, CA1812, CA1822, CA1852 // Planted: only names and modifiers matter.
namespace CarTIngest.Tests.House.Planted.Verbs
{
    internal static class ListedCommand
    {
        public static object Create() => "listed";
    }

    internal sealed class LambdaListedCommand
    {
        public static object Create() => "listed in a lambda";
    }

    internal sealed class ForgottenCommand
    {
        public static object Create() => "forgotten";
    }

    internal class OpenCommand
    {
        public static object Create() => "not sealed";
    }

    internal sealed class BarrenCommand
    {
        public object Create() => this;
    }

    internal static class CommandList
    {
        public static IReadOnlyList<Func<object>> All { get; } =
            [ListedCommand.Create, () => LambdaListedCommand.Create(), OpenCommand.Create, () => new BarrenCommand().Create()];
    }
}

namespace CarTIngest.Tests.House.Planted.NoVerbs
{
    internal sealed class SomethingElse;
}

namespace CarTIngest.Tests.House.Planted.Orphans
{
    internal interface IAlertChannel;

    internal class Channel : IAlertChannel;

    internal sealed class ListedChannel : IAlertChannel;

    internal sealed class ForgottenChannel : IAlertChannel;

    internal sealed class InheritingChannel : Channel;

    internal static class PlantedSetup
    {
        public static Func<IReadOnlyList<IAlertChannel>> Channels { get; } = () => [new ListedChannel(), new Channel()];
    }

    internal static class NotTheList
    {
        public static object Make() => new ForgottenChannel();
    }
}
