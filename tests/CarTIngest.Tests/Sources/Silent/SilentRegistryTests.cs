using CarTIngest.Host.Storage.Model;
using CarTIngest.Tests.Rehearsal.Faults.Grid;

namespace CarTIngest.Tests.Sources.Silent;

/// <summary>The same for the registry, by numbers of our own.</summary>
public sealed class SilentRegistryTests(SilentNights nights) : IClassFixture<SilentNights>
{
    private static readonly string[] All = ["version", "studies", "study"];

    [Fact]
    [Trait("Silent", "R1")]
    public async Task R1_data_that_change_under_a_walk_begin_it_again_or_are_named()
    {
        nights.IsAsInPeace(await nights.PlayAsync("""{"fault":"flip","endpoint":"studies","nth":2}"""));
        nights.IsAsInPeace(await nights.PlayAsync("""{"fault":"drift","endpoint":"studies","nth":2}"""));
        await nights.IsNamedAsync("flip", "studies", "The registry");
    }

    [Fact]
    [Trait("Silent", "R2")]
    public async Task R2_a_refusal_at_the_edge_is_no_empty_list()
    {
        await nights.IsOutlivedAsync("403", All);
        var sums = await nights.IsNamedAsync("403", "studies", "The registry's edge refuses us (403).");
        Assert.False(sums.Answered);
    }

    [Fact]
    [Trait("Silent", "R3")]
    public async Task R3_an_address_called_too_long_would_be_named_at_once() => await nights.IsNamedAsync("414", "studies", "The registry refuses the request (414)");

    [Fact]
    [Trait("Silent", "R4")]
    public async Task R4_a_number_that_is_said_not_to_exist_is_named_and_gone_only_in_another_state_of_the_data()
    {
        Assert.Equal("nct:NCT90000009", Assert.Single(nights.Calm.Disturbed.Of("clinicaltrials").Named.Unavailable).Text);
        var gone = nights.Calm.Disturbed.Held.Where(held => held.Value.Standing == Standing.Gone).Select(held => held.Key.Text).Order(StringComparer.Ordinal);
        Assert.Equal(["nct:NCT90000005", "nct:NCT90000006", "pmid:90000006"], gone);

        // Of every study asked for by itself, the merged one among them: what was known of it stays.
        nights.IsAsInPeace(await nights.PlayAsync("""{"fault":"404","endpoint":"study","probability":1}"""));
    }

    [Fact]
    [Trait("Silent", "R5")]
    public async Task R5_a_batch_refused_for_one_id_is_asked_for_one_by_one() =>
        nights.IsAsInPeace(await nights.PlayAsync("""{"fault":"batch","endpoint":"studies","nth":3}""", """{"fault":"batch","endpoint":"studies","nth":4}"""));

    [Fact]
    [Trait("Silent", "R6")]
    public async Task R6_a_lasting_500_is_given_up_and_named()
    {
        await nights.IsOutlivedAsync("500", All);
        await nights.IsNamedAsync("500", "studies", "The registry failed (500)");
        var played = await nights.PlayAsync("""{"fault":"500","endpoint":"version","probability":1}""");
        nights.IsNamed(played, "clinicaltrials", "The registry failed (500)");
        Assert.Equal(3, played.Disturbed.Given.Count);
    }

    [Fact]
    [Trait("Silent", "R7")]
    public async Task R7_an_empty_304_is_no_answer_and_is_never_asked_for()
    {
        await nights.IsOutlivedAsync("304", All);
        await nights.IsNamedAsync("304", "studies", "(304)");
        Assert.DoesNotContain(nights.Calm.Disturbed.Asked, asked => asked.Conditional);
    }

    [Fact]
    [Trait("Silent", "R8")]
    public async Task R8_a_redirect_is_told_as_the_merger_that_it_is_and_followed_by_no_client()
    {
        Assert.Contains(nights.Calm.Disturbed.Calls, call => call.Status == 301);
        Assert.Equal(Standing.Gone, nights.Calm.Disturbed.Held.Single(held => held.Key.Text == "nct:NCT90000006").Value.Standing);
        Assert.DoesNotContain(nights.Calm.Disturbed.Asked, asked => asked.Endpoint == "study" && asked.Target.EndsWith("NCT90000001", StringComparison.Ordinal));
        nights.IsAsInPeace(await nights.PlayAsync("""{"fault":"503","endpoint":"study","nth":3}"""));
    }
}
