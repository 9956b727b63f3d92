using CarTIngest.Sources;

namespace CarTIngest.Tests.Sources;

public sealed class ReviewSearchesTests : IDisposable
{
    private static readonly string Bundled = Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review");

    private readonly DirectoryInfo review = Directory.CreateTempSubdirectory("cartingest-review-");

    public void Dispose() => review.Delete(recursive: true);

    [Theory]
    [InlineData("pubmed", "A B1 B2 P")]
    [InlineData("clinicaltrials", "E P U")]
    public void Reads_the_bundled_review(string source, string names)
    {
        var arms = ReviewSearches.Load(Bundled, source);

        Assert.Equal(names, string.Join(' ', arms.Select(arm => arm.Name)));
        Assert.All(arms, arm =>
        {
            Assert.Equal(source, arm.Source);
            Assert.NotEqual("", arm.Title);
            Assert.All(arm.Parameters, parameter => Assert.True(Balanced(parameter.Value), $"{arm.Name}, {parameter.Key}: brackets or quotes do not close"));
            Assert.DoesNotContain(arm.Parameters.Values, value => value.Contains('\n', StringComparison.Ordinal) || value.Contains('#', StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_pubmed_file_is_its_term_without_comments_and_line_breaks()
    {
        Write("pubmed", "A", "# The core  \n# for people\n\n (one[tiab]\r\n OR two[tiab])\n# why\nAND three[tiab]\n");

        var arm = Assert.Single(ReviewSearches.Load(review.FullName, "pubmed"));

        Assert.Equal(("pubmed", "A", "The core", "term=(one[tiab] OR two[tiab]) AND three[tiab]"), (arm.Source, arm.Name, arm.Title, arm.Text));
    }

    [Theory]
    [InlineData("L")]
    [InlineData("x")]
    public void The_names_of_arms_that_are_built_are_refused(string name)
    {
        Write("pubmed", name, "cells[tiab]");

        Assert.Contains("built every night", Assert.Throws<ReviewFolderException>(() => ReviewSearches.Load(review.FullName, "pubmed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_strategies_is_read_like_a_review_folder()
    {
        Write("pubmed", "A", "cells[tiab]");

        Assert.Equal("A", Assert.Single(ReviewSearches.LoadAny(review.FullName, "pubmed")).Name);
        Assert.Equal("A", Assert.Single(ReviewSearches.LoadAny(Path.Combine(review.FullName, "searches"), "pubmed")).Name);
    }

    [Fact]
    public void A_registry_file_names_its_parameters()
    {
        Write("clinicaltrials", "E", "query.term=cells\n  OR AREA[Phase](PHASE1)\n  # why\nquery.cond= leukemia\n");

        var arm = Assert.Single(ReviewSearches.Load(review.FullName, "clinicaltrials"));

        Assert.Equal(("", "query.cond=leukemia & query.term=cells OR AREA[Phase](PHASE1)"), (arm.Title, arm.Text));
    }

    [Fact]
    public void Takes_a_parameter_whose_value_begins_on_the_next_line()
    {
        Write("clinicaltrials", "E", "query.term=\n  cells");

        Assert.Equal("query.term=cells", Assert.Single(ReviewSearches.Load(review.FullName, "clinicaltrials")).Text);
    }

    [Fact]
    public void Orders_arms_by_their_names_and_passes_over_other_files()
    {
        Write("pubmed", "B", "two");
        Write("pubmed", "A", "one");
        File.WriteAllText(Path.Combine(review.FullName, "searches", "pubmed", "notes.md"), "for people");

        Assert.Equal(["A", "B"], ReviewSearches.Load(review.FullName, "pubmed").Select(arm => arm.Name));
    }

    [Theory]
    [InlineData("cells OR gene\nquery.term=x", "E.txt(1)")]
    [InlineData("# title\n\nquery.foo=x", "E.txt(3)")]
    [InlineData("query.term=a\n# again\nquery.term=b", "E.txt(3)")]
    [InlineData("query.cond=a\nquery.foo=b", "E.txt(2)")]
    [InlineData("query.cond=a\nquery.term =b", "E.txt(2)")]
    [InlineData("query.cond=a\nfilter.overallStatus=RECRUITING", "E.txt(2)")]
    public void Names_the_file_and_the_line_that_is_not_understood(string text, string named)
    {
        Write("clinicaltrials", "E", text);

        Assert.Contains(named, Refusal("clinicaltrials"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pubmed", "")]
    [InlineData("pubmed", "# only for people\n\n")]
    [InlineData("clinicaltrials", "# only for people\n")]
    [InlineData("clinicaltrials", "query.term=\n")]
    [InlineData("clinicaltrials", "query.cond=leukemia\nquery.term=  \n")]
    public void Refuses_an_arm_without_a_strategy(string source, string text)
    {
        Write(source, "E", text);

        var says = Refusal(source);
        Assert.Contains("E.txt", says, StringComparison.Ordinal);
        Assert.Contains("no strategy", says, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_a_review_folder_holds_when_there_is_none() => Assert.Contains("searches/pubmed/NAME.txt", Refusal("pubmed"), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_folder_without_arms()
    {
        Directory.CreateDirectory(Path.Combine(review.FullName, "searches", "pubmed"));

        Assert.Contains("holds no arm", Refusal("pubmed"), StringComparison.Ordinal);
    }

    private string Refusal(string source) => Assert.Throws<ReviewFolderException>(() => ReviewSearches.Load(review.FullName, source)).Message;

    private void Write(string source, string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(review.FullName, "searches", source));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.txt"), text);
    }

    private static bool Balanced(string term)
    {
        var depth = 0;
        foreach (var sign in term)
        {
            depth += sign switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0 && term.Count(sign => sign == '"') % 2 == 0;
    }
}
