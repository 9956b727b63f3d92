using System.Runtime.InteropServices;
using CarTIngest.Host.Commands;
using CarTIngest.Host.Web;

namespace CarTIngest.Workers;

/// <summary>The product's worker, whole, by another clock.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(string clockFile, string[] arguments)
    {
        using var clock = new SharedClock(clockFile);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Drain.Request();
        });
        var call = CommandList.Create().Parse(["serve", .. arguments]);
        return await ServiceHost.RunAsync(Settings.Read(call), ServeRole.Worker, clock, PageAccess.ByLogin, announce: null, CancellationToken.None);
    }
}
