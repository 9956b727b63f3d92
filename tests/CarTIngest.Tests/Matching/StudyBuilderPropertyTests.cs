using CarTIngest.Matching;
using CarTIngest.Records;
using CsCheck;

namespace CarTIngest.Tests.Matching;

/// <summary>What holds of the studies of any records, links and rulings.</summary>
public sealed class StudyBuilderPropertyTests
{
    private const int Worlds = 1500;

    [Fact]
    public void Any_order_of_arrival_gives_the_same_studies() =>
        (from world in SmallWorld.Gen
         from records in Gen.Shuffle(world.Records.ToArray())
         from rulings in Gen.Shuffle(world.Rulings.ToArray())
         let told = TrialLinker.Link(records, _ => new HashSet<string>(), CancellationToken.None)
         from links in Gen.Shuffle(told.Links.ToArray())
         from unheld in Gen.Shuffle(told.Unheld.ToArray())
         select (world, records, rulings, links: told with { Links = links, Unheld = unheld })).Sample(
            each => Assert.Equal(SmallWorld.Written(each.world.Build().Studies), SmallWorld.Written(StudyBuilder.Build(each.records, each.links, each.rulings).Studies)), iter: Worlds);

    [Fact]
    public void Every_record_is_in_a_study_a_registration_in_one_and_a_studys_id_is_its_own() => SmallWorld.Gen.Sample(
        world =>
        {
            var studies = world.Build().Studies;
            Assert.Equal(studies.Count, studies.Select(study => study.Id).Distinct().Count());
            Assert.All(studies, study => Assert.Equal(study.Id, study.Registrations.Count > 0 ? study.Registrations[0].Id : study.Id));
            Assert.All(studies, study => Assert.Contains(study.Id, study.Records));
            Assert.All(world.Records.OfType<Trial>(), trial => Assert.Single(studies, study => study.Records.Contains(trial.Id)));
            Assert.All(world.Records, record => Assert.Contains(studies, study => study.Records.Contains(record.Id)));
        },
        iter: Worlds);

    [Fact]
    public void What_a_person_keeps_apart_stays_apart_whatever_clues_say() => SmallWorld.Gen.Sample(
        world =>
        {
            var set = world.Build();
            foreach (var pair in world.Rulings.GroupBy(ruling => ruling.Pair).Where(said => Last(said) == Ruling.Apart).Select(said => said.Key))
            {
                var shared = set.Studies.Where(study => study.Records.Contains(pair.First) && study.Records.Contains(pair.Second)).ToList();
                Assert.All(shared, study => Assert.True(study.Registrations.Count > 0 && pair.First.Source == "pubmed" && pair.Second.Source == "pubmed", $"{pair} are both in {study.Id}"));
                Assert.All(shared, study => Assert.DoesNotContain(study.Reports.SelectMany(report => report.Because), link => link.Pair == pair));
                Assert.DoesNotContain(set.Proposals, proposal => proposal.Pair == pair);
            }
        },
        iter: Worlds);

    [Fact]
    public void What_a_person_puts_together_is_together_unless_something_is_kept_apart() => SmallWorld.Gen.Where(world => world.Rulings.All(ruling => ruling.Ruling == Ruling.Together)).Sample(
        world =>
        {
            var studies = world.Build().Studies;
            Assert.All(world.Rulings, ruling => Assert.Contains(studies, study => study.Records.Contains(ruling.Pair.First) && study.Records.Contains(ruling.Pair.Second)));
        },
        iter: Worlds);

    [Fact]
    public void A_new_clue_of_a_pair_that_is_kept_apart_changes_nothing_for_it() => SmallWorld.Gen.Where(world => world.Records.OfType<Trial>().Any() && world.Records.OfType<Publication>().Any()).Sample(
        world =>
        {
            var (trial, paper) = (world.Records.OfType<Trial>().First(), world.Records.OfType<Publication>().Last());
            LinkRuling[] rulings = [new(RecordPair.Of(trial.Id, paper.Id), Ruling.Apart, "reader", DateTimeOffset.UnixEpoch)];
            var told = paper with { RegistryNumbers = [.. paper.RegistryNumbers, trial.NctId], Keywords = [trial.NctId] };
            var named = trial with { References = [.. trial.References, new(paper.Pmid, "RESULT", null)] };
            var later = world.Records.Select(record => record.Id == paper.Id ? told : record.Id == trial.Id ? (SourceRecord)named : record).ToList();
            Assert.DoesNotContain(SmallWorld.Build(later, rulings).Studies, study => study.Records.Contains(trial.Id) && study.Records.Contains(paper.Id));
        },
        iter: Worlds / 2);

    private static Ruling Last(IEnumerable<LinkRuling> said) => said.OrderBy(ruling => ruling.At).ThenBy(ruling => ruling.Ruling).Last().Ruling;
}
