using CarTIngest.Host.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CarTIngest.Tests.Host.Commands;

public sealed class ServiceEndTests
{
    [Fact]
    public async Task What_fails_in_the_background_does_not_end_as_if_all_were_well()
    {
        await using var host = await StartAsync(services => services.AddHostedService<Failing>());

        Assert.Equal(1, await ServiceEnd.OfAsync(host.Lifetime, TimeProvider.System, CancellationToken.None, CancellationToken.None));
    }

    [Fact]
    public async Task Who_is_asked_to_end_ends_well()
    {
        await using var host = await StartAsync(_ => { });

        Assert.Equal(0, await ServiceEnd.OfAsync(host.Lifetime, TimeProvider.System, new CancellationToken(canceled: true), CancellationToken.None));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        more(builder.Services);
        builder.WebHost.UseKestrelCore();
        var host = builder.Build();
        host.Urls.Add("http://127.0.0.1:0");
        await host.StartAsync();
        return host;
    }

    private sealed class Failing(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // Once all has started.
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var on = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new InvalidOperationException("A bug.");
        }
    }
}
