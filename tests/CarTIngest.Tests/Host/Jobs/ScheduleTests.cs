using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;
using Hangfire.Storage;

namespace CarTIngest.Tests.Host.Jobs;

public sealed class ScheduleTests
{
    private static readonly IReadOnlyList<ScheduleLine> Lines = Schedule.Of(new ScheduleOptions(), ["pubmed", "clinicaltrials"]);

    [Fact]
    public void Names_every_job_that_there_is()
    {
        var jobs = typeof(Schedule).Assembly.GetTypes().Where(type => type.Namespace == typeof(Schedule).Namespace && type.Name.EndsWith("Job", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(jobs);
        Assert.Empty(jobs.Except(Lines.Select(line => line.Call.Type)));
    }

    [Fact]
    public void Has_a_night_for_each_source_at_its_hour_in_its_zone()
    {
        var nights = Lines.Where(line => line.Call.Type == typeof(NightJob)).ToList();

        Assert.Equal(["night-pubmed", "night-clinicaltrials"], nights.Select(line => line.Id));
        Assert.All(nights, line => Assert.Equal(("30 22 * * *", "America/New_York"), (line.Cron, line.Zone.Id)));
        Assert.Equal(["pubmed", "clinicaltrials"], nights.Select(line => line.Call.Args[0]));
    }

    [Fact]
    public void Gives_every_job_a_name_of_its_own_and_a_token_by_which_it_is_told_to_end()
    {
        Assert.Equal(Lines.Count, Lines.Select(line => line.Id).Distinct().Count());
        Assert.All(Lines, line => Assert.Equal(typeof(CancellationToken), line.Call.Method.GetParameters()[^1].ParameterType));
    }

    [Fact]
    public void Gives_no_job_an_argument_that_could_hold_a_secret()
    {
        Type[] harmless = [typeof(string), typeof(long), typeof(DateOnly), typeof(CancellationToken)];

        Assert.All(Lines.SelectMany(line => line.Call.Method.GetParameters()), parameter => Assert.Contains(parameter.ParameterType, harmless));
        Assert.All(Lines.SelectMany(line => line.Call.Args.OfType<string>()), argument => Assert.Matches("^[a-z]+$", argument));
    }

    [Fact]
    public void Survives_the_book_that_it_is_written_into() => Assert.All(Lines, line =>
    {
        var read = InvocationData.DeserializePayload(InvocationData.SerializeJob(line.Call).SerializePayload()).DeserializeJob();
        Assert.Equal((line.Call.Type, line.Call.Method, line.Call.Args.OfType<string>().FirstOrDefault()), (read.Type, read.Method, read.Args.OfType<string>().FirstOrDefault()));
    });
}
