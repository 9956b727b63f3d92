using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Tests.Eligibility;

/// <summary>What a text is looked up as. The process runs without culture data, where the framework's own decomposition does nothing.</summary>
public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("ﬂudarabine", "fludarabine")]
    [InlineData("ＣＡＲ－Ｔ", "CAR-T")]
    [InlineData("leukæmia", "leukaemia")]
    [InlineData("Sjögren, Łódź", "Sjogren, Lodz")]
    [InlineData("phase Ⅰ/ⅱ", "phase I/ii")]
    [InlineData("CD33⁺", "CD33+")]
    [InlineData("𝐂𝐀𝐑", "CAR")]
    [InlineData("é", "e")]
    [InlineData("AML¹", "AML¹")]
    [InlineData("γδ T", "gammadelta T")]
    public void Takes_letters_apart(string stored, string folded)
    {
        var text = FoldedText.Of(stored);

        Assert.Equal(folded, string.Concat(Enumerable.Range(0, text.Length).Select(at => text[at])));
    }

    [Fact]
    public void A_title_in_full_width_letters_is_judged_like_any_other() =>
        Assert.Equal(Verdict.Likely, JudgedText.Study("ＣＤ３３ ＣＡＲ－Ｔ for acute myeloid leukæmia").Verdict);

    [Fact]
    public void An_open_label_trial_is_no_outlook() =>
        Assert.Equal(Verdict.Likely, JudgedText.Paper("Results in acute myeloid leukemia", "In this open-label phase 1 trial, 12 patients with relapsed acute myeloid leukemia were infused with CD33 CAR-T cells.").Verdict);
}
