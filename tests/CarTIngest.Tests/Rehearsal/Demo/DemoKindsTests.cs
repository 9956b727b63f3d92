using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CarTIngest.Tests.Rehearsal.Demo;

/// <summary>What the corpus must hold so that it shows every kind of record, and every turn a source can take overnight.</summary>
public sealed class DemoKindsTests
{
    [Theory]
    [InlineData("likely", "likely-autologous-cd33 likely-allogeneic-universal likely-universal-cd123 likely-nkg2d-ligand-car likely-adapter-car likely-children likely-letter likely-lilrb4 likely-preprint")]
    [InlineData("likely", "likely-without-the-word-car likely-myeloid-malignancies-title likely-myeloid-neoplasms-title likely-cd7-basket-names-aml likely-cd70-basket-names-aml likely-cd19-in-t-8-21")]
    [InlineData("likely", "likely-newly-diagnosed likely-preclinical-beside-phase-1 likely-case-report-with-registered-trial likely-vernacular likely-new-registration likely-new-report-of-a-held-trial")]
    [InlineData("likely", "trap-glued-tokens trap-greek-letters trap-four-hyphens-and-no-break-space trap-public-sources-err duplicate-under-another-pmid late-entry")]
    [InlineData("possible", "possible-car-nk possible-car-nkt possible-car-macrophage possible-star-t possible-car-cik possible-basket-aml-unnamed possible-mpal possible-unknown-product-lymphodepletion")]
    [InlineData("possible", "possible-bpdcn-with-aml-product possible-mds-only possible-cml-blast-crisis possible-long-term-follow-up possible-cell-collection-for-aml-programme possible-gene-modified-t-cells")]
    [InlineData("possible", "possible-case-report-no-trial possible-conference-abstract possible-protocol-paper possible-title-only possible-letter-without-abstract notice-of-retraction")]
    [InlineData("unlikely", "unlikely-b-all unlikely-t-all unlikely-lymphoma unlikely-myeloma unlikely-solid-tumour unlikely-autoimmunity unlikely-aml-without-car-t unlikely-tcr-t unlikely-bispecific")]
    [InlineData("unlikely", "unlikely-antibody-drug-conjugate unlikely-edited-stem-cells unlikely-preclinical unlikely-editorial unlikely-meta-analysis unlikely-book-chapter unlikely-aml-as-exclusion unlikely-aml-as-past-history")]
    [InlineData("unlikely", "trap-hiv-cart trap-crash-cart-and-metabolic-cart trap-novocart trap-car-alone trap-angiomyolipoma trap-anti-money-laundering trap-acute-non-t-lymphocyte-leukemia trap-aml-after-car-t")]
    [InlineData("unlikely", "trap-car-t-as-exclusion trap-review-full-of-nct-numbers trap-healthy-donor-apheresis trap-same-product-other-disease trap-name-shared-across-fields sparse-withheld")]
    public void Every_kind_of_the_protocol_occurs(string verdict, string kinds)
    {
        var present = DemoNights.Expected().Where(row => row.Verdict == verdict).Select(row => row.Kind).ToHashSet(StringComparer.Ordinal);

        Assert.All(kinds.Split(' '), kind => Assert.Contains(kind, present));
    }

    [Fact]
    public void The_first_night_shows_every_oddity_of_the_format()
    {
        var set = DemoNights.PubMed(DemoNights.First);
        string[] elements = ["MedlineDate", "Season", "CollectiveName", "Suffix", "VernacularTitle", "OtherAbstract", "DataBankList", "GrantList", "ReferenceList", "QualifierName", "PubmedBookArticle", "i", "sup", "sub", "CoiStatement"];

        Assert.All(elements, name => Assert.NotEmpty(set.Descendants(name)));
        Assert.NotEmpty(set.Descendants(XName.Get("math", "http://www.w3.org/1998/Math/MathML")));
        Assert.NotEmpty(set.DescendantNodes().OfType<XProcessingInstruction>());
        Assert.Contains(set.Descendants("Author"), author => author.Attribute("ValidYN")?.Value == "N");
        var corrections = set.Descendants("CommentsCorrections").Select(correction => correction.Attribute("RefType")!.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["ErratumIn", "ExpressionOfConcernIn", "CommentIn", "CommentOn"], StringComparer.Ordinal), corrections);
        var text = File.ReadAllText(Path.Combine(DemoNights.Corpus.PubMedNights, $"{DemoNights.First}.xml"), Encoding.UTF8);
        Assert.All(new[] { "&#x3b3;", "&#xfc;", "\u2010", "\u2011", "\u2013", "\u2212", "\u00a0", "\u2160", "FR\u03b2" }, mark => Assert.Contains(mark, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_update_files_carry_the_doctype_of_real_ones()
    {
        foreach (var night in new[] { DemoNights.First, DemoNights.Second })
        {
            using var reader = XmlReader.Create(Path.Combine(DemoNights.Corpus.PubMedNights, $"{night}.xml"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
            while (reader.Read() && reader.NodeType != XmlNodeType.DocumentType)
            {
            }

            Assert.Equal("PubmedArticleSet", reader.Name);
        }
    }

    [Fact]
    public void The_second_night_retracts_deletes_versions_indexes_and_doubles()
    {
        var retracted = DemoNights.Citation(DemoNights.Second, "99000002");
        Assert.Contains(retracted.Descendants("PublicationType"), type => type.Value == "Retracted Publication");
        Assert.Equal("99000057", retracted.Descendants("CommentsCorrections").Single(c => c.Attribute("RefType")!.Value == "RetractionIn").Element("PMID")!.Value);
        Assert.Equal("99000002", DemoNights.Citation(DemoNights.Second, "99000057").Descendants("CommentsCorrections").Single().Element("PMID")!.Value);
        Assert.Equal("99000030", DemoNights.PubMed(DemoNights.Second).Element("DeleteCitation")!.Value.Trim());
        Assert.Equal("2", DemoNights.Citation(DemoNights.Second, "99000013").Descendants("PMID").First().Attribute("Version")!.Value);
        Assert.Empty(DemoNights.Citation(DemoNights.First, "99000010").Descendants("MeshHeading"));
        Assert.NotEmpty(DemoNights.Citation(DemoNights.Second, "99000010").Descendants("MeshHeading"));
        var (held, twin) = (DoiOf(DemoNights.Citation(DemoNights.First, "99000009")), DoiOf(DemoNights.Citation(DemoNights.Second, "99000059")));
        Assert.NotEqual(held, twin);
        Assert.Equal(held, twin, StringComparer.OrdinalIgnoreCase);
        Assert.Contains(DemoNights.Citation(DemoNights.Second, "99000058").Descendants("AccessionNumber"), number => number.Value == "NCT99000002");
    }

    [Fact]
    public void The_late_entry_is_old_by_edat_and_new_by_crdt()
    {
        var dates = DemoNights.Citation(DemoNights.Second, "99000060").Descendants("PubMedPubDate").ToDictionary(date => date.Attribute("PubStatus")!.Value, date => date.Element("Year")!.Value, StringComparer.Ordinal);

        Assert.Equal("2019", dates["pubmed"]);
        Assert.Equal("2026", dates["entrez"]);
    }

    [Fact]
    public void The_second_night_of_the_registry_adds_stops_posts_results_and_loses_one()
    {
        var studies = DemoNights.Upserts().ToDictionary(DemoNights.NctOf, StringComparer.Ordinal);
        var stopped = studies["NCT99000001"].GetProperty("protocolSection").GetProperty("statusModule");
        Assert.Equal("TERMINATED", stopped.GetProperty("overallStatus").GetString());
        Assert.NotEmpty(stopped.GetProperty("whyStopped").GetString()!);
        Assert.False(DemoNights.FullNight().Single(study => DemoNights.NctOf(study) == "NCT99000002").GetProperty("hasResults").GetBoolean());
        Assert.True(studies["NCT99000002"].GetProperty("hasResults").GetBoolean());
        Assert.True(studies["NCT99000002"].TryGetProperty("resultsSection", out _));
        Assert.True(studies.ContainsKey("NCT99000034"));
        Assert.Equal("NCT99000022", DemoNights.Changes().Single(line => line.TryGetProperty("gone", out _)).GetProperty("gone").GetString());
    }

    private static string DoiOf(XElement citation) => citation.Descendants("ELocationID").First(id => id.Attribute("EIdType")!.Value == "doi").Value;
}
