using CarTIngest.Eligibility;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

public sealed class ArmPrecisionTests
{
    [Fact]
    public void Each_arm_counts_what_it_identified_and_what_no_other_did()
    {
        MonthRecord[] records =
        [
            new(Id("pmid:1"), Verdict.Likely, ScreenedThen.Yes, StudyClass.Included), new(Id("pmid:2"), Verdict.Possible, ScreenedThen.No, null), new(Id("pmid:3"), Verdict.Unlikely, ScreenedThen.No, StudyClass.Excluded),
        ];
        ArmFind[] found = [Find("A", 1), Find("A", 2), Find("A", 1), Find("B", 2), Find("B", 3), Find("B", 99)];

        Assert.Equal([new("pubmed", "A", 2, 1, 1, 1, 1, 1), new ArmPrecision("pubmed", "B", 2, 0, 1, 0, 0, 1)], ArmPrecision.Of(records, found));
        Assert.Empty(ArmPrecision.Of(records, []));
    }

    [Fact]
    public void No_share_is_more_than_its_whole_and_every_record_that_one_arm_found_is_unique_once()
    {
        var record = Gen.Select(Gen.Int[1, 12], Gen.Enum<Verdict>(), Gen.Enum<ScreenedThen>(), Gen.Enum<StudyClass>(), (id, verdict, screened, given) => new MonthRecord(Id($"pmid:{id}"), verdict, screened, given));
        Gen.Select(record.Array[0, 12].Select(all => all.DistinctBy(one => one.Id).ToArray()), Gen.Select(Gen.Int[0, 2].Select(arm => "ABC"[arm].ToString()), Gen.Int[1, 12], Find).Array[0, 30]).Sample((records, found) =>
        {
            var arms = ArmPrecision.Of(records, found);

            Assert.All(arms, arm => Assert.All(new[] { arm.Likely + arm.Possible, arm.Screened, arm.Included, arm.Unique }, part => Assert.InRange(part, 0, arm.Identified)));
            Assert.Equal(records.Count(one => found.Where(find => find.Id == one.Id).Distinct().Count() == 1), arms.Sum(arm => arm.Unique));
        }, iter: 300);
    }

    private static ArmFind Find(string arm, int pmid) => new("pubmed", arm, Id($"pmid:{pmid}"));
}
