using CarTIngest.Eligibility;
using static CarTIngest.Tests.Eligibility.JudgedText;

namespace CarTIngest.Tests.Eligibility;

/// <summary>The traps of this literature, each by sentences of its own, beside the near-miss that counts. A trap alone never makes a record likely.</summary>
public sealed class TrapTests
{
    [Theory]
    [InlineData("Effect of cART on survival of HIV patients with AML", "Patients received combination antiretroviral therapy (cART) and chemotherapy.")]
    [InlineData("NOVOCART 3D in an adult with AML in remission", "One patient received NOVOCART.")]
    [InlineData("A crash cart audit on an AML ward", "Twelve patients were enrolled.")]
    [InlineData("CART analysis of survival in AML", "Classification and regression tree (CART) analysis of 210 patients who received chemotherapy.")]
    [InlineData("Constitutive androstane receptor (CAR) expression in AML", "Forty patients were treated with cytarabine; T cells were counted.")]
    [InlineData("C-reactive protein to albumin ratio (CAR) predicts outcome of AML", "In 120 patients who received induction, CAR was prognostic.")]
    public void Other_carts_and_cars_are_no_CAR_T(string title, string text) => Assert.NotEqual(Verdict.Likely, Paper(title, text).Verdict);

    [Theory]
    [InlineData("PRGN-3006 T Cells")]
    [InlineData("KITE-222")]
    [InlineData("TAA05 cell injection")]
    [InlineData("NKR-2")]
    public void A_known_product_is_CAR_T_without_the_word(string product) =>
        Assert.Equal(Verdict.Likely, Study("A study in relapsed acute myeloid leukemia", ["Acute Myeloid Leukemia"], [product]).Verdict);

    [Fact]
    public void Tomorrows_product_is_what_a_sentence_says_of_its_name()
    {
        Assert.Equal(Verdict.Likely, Study("XQ-417 in Relapsed AML", ["AML"], ["XQ-417"], "XQ-417 is an autologous chimeric antigen receptor T cell product.").Verdict);
        Assert.Equal(Verdict.Possible, Study("XQ-417 in Relapsed AML", ["AML"], ["XQ-417", "Fludarabine and cyclophosphamide lymphodepletion"]).Verdict);
        Assert.Equal(Verdict.Unlikely, Study("XQ-417 in Relapsed AML", ["AML"], ["XQ-417 tablet"], "XQ-417 is an inhibitor of menin.").Verdict);
    }

    [Theory]
    [InlineData("Myeloid Malignancies")]
    [InlineData("Myeloid Neoplasms")]
    [InlineData("Leukemia, Myeloid, Acute")]
    [InlineData("Acute Myelogenous Leukaemia")]
    [InlineData("LeukemiaAML")]
    [InlineData("Acute Non‑Lymphocytic Leukemia")]
    [InlineData("Erythroleukemia")]
    public void Any_synonym_of_AML_counts_in_the_conditions(string condition) => Assert.Equal(Verdict.Likely, Study("CD33 CAR-T", [condition], ["CD33 CAR-T"]).Verdict);

    [Theory]
    [InlineData("Acute non T lymphocyte leukemia")]
    [InlineData("Angiomyolipoma (AML) of the kidney")]
    [InlineData("Chronic Myeloid Leukemia")]
    [InlineData("B-cell Acute Lymphoblastic Leukemia")]
    public void What_looks_like_AML_does_not_count(string condition) => Assert.NotEqual(Verdict.Likely, Study("CD19 CAR-T", [condition], ["CD19 CAR-T"]).Verdict);

    [Fact]
    public void AML_as_an_exclusion_or_a_past_does_not_count()
    {
        const string Criteria = "Inclusion Criteria:\n\n* Relapsed B-ALL\n* Age 18-70\n\nExclusion Criteria:\n\n* History of acute myeloid leukemia\n* Active AML";
        Assert.Equal(Verdict.Unlikely, Study("CD19 CAR-T in B-ALL", ["B-cell Acute Lymphoblastic Leukemia"], ["CD19 CAR-T"], eligibility: Criteria).Verdict);
        Assert.Equal(Verdict.Likely, Study("CD7 CAR-T", ["CD7 positive malignancies"], ["CD7 CAR-T"], eligibility: Criteria.Replace("Relapsed B-ALL", "Relapsed AML or T-ALL", StringComparison.Ordinal)).Verdict);
    }

    [Fact]
    public void CAR_T_as_an_exclusion_or_a_prior_therapy_does_not_count()
    {
        const string Criteria = "Inclusion Criteria:\n\n* Relapsed AML\n\nExclusion Criteria:\n\n* Prior CAR-T cell therapy within 30 days";
        Assert.Equal(Verdict.Unlikely, Study("Ziftomenib in AML", ["AML"], ["Ziftomenib"], eligibility: Criteria).Verdict);
    }

    [Fact]
    public void AML_that_arose_after_CAR_T_for_lymphoma_does_not_count()
    {
        Assert.Equal(Verdict.Unlikely, Paper("Therapy-related AML after CD19 CAR-T for lymphoma: a case report", "A 60-year-old man developed AML after axicabtagene ciloleucel for lymphoma.", "Case Reports").Verdict);
        Assert.NotEqual(Verdict.Unlikely, Paper("Remission after CLL-1 CAR-T cells in secondary AML: phase 1 results", "Nine patients were infused; five achieved CR.").Verdict);
    }

    [Theory]
    [InlineData("CD33-CAR NK-92 cells in patients with relapsed AML")]
    [InlineData("CAR-NKT cells for AML")]
    [InlineData("CAR-macrophages for AML")]
    [InlineData("STAR-T cells in AML")]
    public void Other_bearers_of_a_CAR_in_AML_are_possible(string title) => Assert.Equal(Verdict.Possible, Study(title, ["AML"], [title]).Verdict);

    [Theory]
    [InlineData("Gemtuzumab ozogamicin")]
    [InlineData("Flotetuzumab")]
    [InlineData("WT1-TCR T cells (TCR-T)")]
    [InlineData("CD33-deleted edited hematopoietic stem cells")]
    public void Another_modality_with_the_same_antigen_is_not(string intervention) => Assert.Equal(Verdict.Unlikely, Study("Treatment of CD33+ AML", ["AML"], [intervention]).Verdict);

    [Fact]
    public void A_product_of_which_only_a_code_is_known_is_possible_beside_fludarabine_and_cyclophosphamide()
    {
        Assert.Equal(Verdict.Possible, Study("Study of QXR-415 in AML", ["AML"], ["Cyclophosphamide", "Fludarabine", "QXR-415"]).Verdict);
        Assert.Equal(Verdict.Possible, Study("Dose of QXR-415 in AML", ["AML"], ["QXR-415", "ENDOXAN", "Fludara"]).Verdict);
        Assert.Equal(Verdict.Unlikely, Study("Study of QXR-415 in AML", ["AML"], ["QXR-415", "Fludarabine", "Cytarabine"]).Verdict);
        Assert.Equal(Verdict.Unlikely, Study("Conditioning before transplantation in AML", ["AML"], ["Cyclophosphamide", "Fludarabine", "Total body irradiation"]).Verdict);
        Assert.Equal(Verdict.Unlikely, Study("Study of QXR-415 in lymphoma", ["Lymphoma"], ["Cyclophosphamide", "Fludarabine", "QXR-415"]).Verdict);
        Assert.Equal(Verdict.Unlikely, Study("Study of QXR-415 in AML", ["AML"], ["QXR-415"], eligibility: "Exclusion Criteria:\n* Prior fludarabine and cyclophosphamide").Verdict);
    }

    [Fact]
    public void Preclinical_beside_phase_I_does_not_exclude()
    {
        Assert.Equal(Verdict.Likely, Paper("CD33 CAR-T in AML: preclinical evaluation and phase I trial", "In mice the cells cleared AML. Ten patients with AML were infused; CRS of grade 1 or 2 occurred in six.").Verdict);
        Assert.Equal(Verdict.Unlikely, Paper("CD33 CAR-T cells eradicate AML in xenografts", "CAR-T cells lysed AML lines in vitro and prolonged survival of NSG mice.").Verdict);
    }

    [Fact]
    public void Letters_count_and_reviews_full_of_numbers_do_not()
    {
        Assert.Equal(Verdict.Likely, Paper("First-in-human phase 1 trial of CLL-1 CAR-T in AML", "Ten patients received CLL-1 CAR-T cells.", "Letter").Verdict);
        Assert.Equal(Verdict.Unlikely, Paper("CAR-T cell therapy for AML: a systematic review", "NCT03018405, NCT03190278 and NCT04010877 treated 120 patients with AML by CAR-T.", "Systematic Review").Verdict);
    }

    [Fact]
    public void A_title_alone_is_silence_and_not_rejection()
    {
        var judged = Paper("CAR-T cells for acute myeloid leukemia");
        Assert.Equal((Verdict.Possible, CriterionAnswer.Silent), (judged.Verdict, judged.Criteria.Design));
    }

    [Theory]
    [InlineData("CD33 CAR‑T Cells")]
    [InlineData("CD33 CAR−T cells")]
    [InlineData("CD33–CAR–T")]
    [InlineData("CD33\u00A0CAR\u00A0T cells")]
    [InlineData("CAR γδ T cells against CD33")]
    [InlineData("CD33CART")]
    public void Hyphens_spaces_and_Greek_letters_hide_nothing(string intervention)
    {
        var judged = Study("A study in AML", ["AML"], [intervention]);
        Assert.Equal(Verdict.Likely, judged.Verdict);
        Assert.Equal(["CD33"], judged.Targets);
    }

    [Fact]
    public void What_befalls_patients_in_general_treats_nobody_and_what_befell_ours_does()
    {
        const string Work = "In this study we combined a chimeric antigen receptor with a T cell receptor to attack AML.";
        Assert.NotEqual(Verdict.Likely, Paper("A dual-specific CAR T cell against AML", $"AML is aggressive. Half of the patients face relapse and survival rates are poor. {Work}").Verdict);
        Assert.NotEqual(Verdict.Likely, Paper("A dual-specific CAR T cell against AML", $"Most of the patients experience relapses. {Work}").Verdict);
        Assert.Equal(Verdict.Likely, Paper("CLL-1 CAR-T cells in AML: a phase 1 trial", "Twelve patients received CLL-1 CAR-T cells. Half of the patients relapsed within a year.").Verdict);
    }

    [Fact]
    public void Targets_and_flags_show_the_words_that_say_them()
    {
        var judged = Study("CD33 CAR-T in relapsed AML", ["AML"], ["anti-CD33 CAR-T"]);

        Assert.Equal(["CD33"], judged.Targets);
        Assert.Equal(["relapsed_refractory"], judged.Flags);
        Assert.Contains(judged.Findings, finding => finding is { Rule: "target", Reason: "CD33 is bound to the CAR." } && finding.Quotes.All(quote => quote.Text == "CD33") && finding.Quotes.Count > 0);
        Assert.Equal("relapsed", Assert.Single(Assert.Single(judged.Findings, finding => finding.Rule == "flag").Quotes).Text);
        var retracted = Paper("CD33 CAR-T in AML: a phase 1 trial", "Ten patients received CD33 CAR-T cells.", "Retracted Publication");
        Assert.Equal(["retracted"], retracted.Flags);
        Assert.Contains(retracted.Findings, finding => finding.Rule == "flag" && finding.Quotes[0] is { Field: "publicationTypes[0]", Text: "Retracted Publication" });
    }
}
