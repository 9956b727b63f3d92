using System.Diagnostics;
using CarTIngest.Host.Commands;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>Whether the holder of a lease, another process of this machine, is known to be dead.</summary>
public sealed class ThisProcessTests
{
    [Fact]
    public void A_process_that_lives_is_not_dead_and_one_that_has_its_number_again_is_another()
    {
        using var self = Process.GetCurrentProcess();
        var name = ThisProcess.NameOf(self, ThisProcess.StartOf);

        Assert.False(ThisProcess.IsDead(name, ThisProcess.StartOf));
        Assert.True(ThisProcess.IsDead(ThisProcess.NameOf(self, _ => "earlier"), ThisProcess.StartOf));
        Assert.True(ThisProcess.IsDead($"{name.Split('/')[0]}/{int.MaxValue}/start", ThisProcess.StartOf));
    }

    [Fact]
    public void Of_a_process_that_may_not_be_looked_at_nobody_knows_that_it_is_dead()
    {
        using var self = Process.GetCurrentProcess();
        var name = ThisProcess.NameOf(self, ThisProcess.StartOf);

        Assert.False(ThisProcess.IsDead(name, _ => throw new FileNotFoundException("hidden")));
        Assert.False(ThisProcess.IsDead(name, _ => throw new UnauthorizedAccessException("another user's")));
    }

    [Fact]
    public void Of_another_machine_nobody_knows() => Assert.False(ThisProcess.IsDead("another/1/start", ThisProcess.StartOf));

    [SkippableFact]
    public void Nor_of_another_container_or_machine_under_the_same_name()
    {
        Shared.Require(OperatingSystem.IsLinux(), "process numbers have no spaces of their own here");
        Assert.False(ThisProcess.IsDead($"{Environment.MachineName}:1/{int.MaxValue}/start", ThisProcess.StartOf));
    }
}
