namespace CarTIngest.Tests.House;

/// <summary>The house's style where the text alone shows it; each rule is also shown a text that breaks it.</summary>
public sealed class HouseStyleTests
{
    public static TheoryData<string> EveryRule => [.. HouseStyle.Rules.Keys];

    [Theory]
    [MemberData(nameof(EveryRule))]
    public void In_every_file(string rule)
    {
        Assert.True(SourceFile.All.Count(file => file.IsUnder("src") && file.IsCode) >= 20, "the source was not found");
        Faults.None(SourceFile.All.SelectMany(HouseStyle.Rules[rule]));
    }

    [Theory]
    [InlineData("a name says something", "src/CarTIngest/Records/TextHelper.cs")]
    [InlineData("a name says something", "src/CarTIngest/Records/TrialManager.cs")]
    [InlineData("a name says something", "src/CarTIngest/Records/StringUtils.cs")]
    [InlineData("a name says something", "src/CarTIngest.Host/Web/PageBase.cs")]
    [InlineData("a name says something", "src/CarTIngest.Host/Web/TrialDto.cs")]
    [InlineData("a name says something", "src/CarTIngest.Host/Alerts/MailService.cs")]
    [InlineData("the folder is the namespace", "src/CarTIngest/Records/X.cs", "namespace CarTIngest.Sources;\n")]
    [InlineData("the folder is the namespace", "src/CarTIngest.Host/Web/X.cs", "namespace CarTIngest.Host;\n")]
    [InlineData("the folder is the namespace", "src/CarTIngest/X.cs", "class X;\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (Exception e)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (System.Exception)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "        catch\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "try { } catch { }\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (Exception e) when (e is not OperationCanceledException)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (Exception e) when (retry)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch when (retry)\n")]
    [InlineData("no test is skipped by hand", "tests/X.cs", "[Fact(S" + "kip = \"later\")]\n")]
    [InlineData("nothing is left unfinished", "src/X.cs", "// T" + "ODO: more\n")]
    [InlineData("nothing is left unfinished", "src/X.cs", "throw new NotImplemented" + "Exception();\n")]
    [InlineData("no place of one machine", "README.md", "see /wor" + "k/main\n")]
    [InlineData("no place of one machine", "README.md", "see /hom" + "e/somebody/main\n")]
    [InlineData("no package registry", "NuGet.config", "https://api.nuge" + "t.org/v3\n")]
    [InlineData("a public type of science is explained", "src/CarTIngest/X.cs", "public sealed record X;\n")]
    [InlineData("a public type of science is explained", "src/CarTIngest/X.cs", "/// <summary>X.</summary>\npublic sealed record X\n{\n    public enum Y\n")]
    [InlineData("a public type of science is explained", "src/CarTIngest/X.cs", "[Serializable]\npublic readonly record struct X;\n")]
    [InlineData("a file ends with one line end", "a.md", "text")]
    [InlineData("a file ends with one line end", "a.md", "text\n\n")]
    public void Finds_that(string rule, string path, string text = "") =>
        Assert.Single(HouseStyle.Rules[rule](new SourceFile(path, text)));

    [Theory]
    [InlineData("a name says something", "src/CarTIngest.Host/Storage/Database.cs")]
    [InlineData("a name says something", "src/CarTIngest.Host/Commands/BaseImportCommand.cs")]
    [InlineData("a name says something", "src/CarTIngest.Host/Commands/EUtilities.cs")]
    [InlineData("the folder is the namespace", "src/CarTIngest.Host/Storage/Migrations/X.cs", "namespace CarTIngest.Host.Storage.Migrations\n{\n}\n")]
    [InlineData("the folder is the namespace", "src/CarTIngest.Host/Program.cs", "return 0;\n")]
    [InlineData("the folder is the namespace", "src/CarTIngest/Sources/Http/X.cs", "using System;\n\nnamespace CarTIngest.Sources.Http;\n")]
    [InlineData("nothing catches everything", "src/CarTIngest.Host/Nightly/NightlyRun.cs", "catch (Exception e)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (IOException e)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (Exception e) when (e is IOException or JsonException)\n")]
    [InlineData("nothing catches everything", "src/CarTIngest/X.cs", "catch (ExceptionOfTheField e)\n")]
    [InlineData("no place of one machine", "README.md", "https://example.org/wor" + "k/flow\n")]
    [InlineData("a public type of science is explained", "src/CarTIngest/X.cs", "/// <summary>X.</summary>\n[Serializable]\npublic readonly record struct X;\n")]
    [InlineData("a public type of science is explained", "src/CarTIngest.Host/X.cs", "public sealed record X;\n")]
    [InlineData("a file ends with one line end", "a.md", "text\n")]
    public void Lets_that_pass(string rule, string path, string text = "") =>
        Assert.Empty(HouseStyle.Rules[rule](new SourceFile(path, text)));

    [Fact]
    public void Finds_a_file_one_line_too_long()
    {
        static SourceFile Long(int lines) => new("src/CarTIngest/X.cs", string.Concat(Enumerable.Repeat("x\n", lines)));
        Assert.Empty(HouseStyle.Rules["a file is short"](Long(HouseStyle.LongestFile)));
        Assert.Single(HouseStyle.Rules["a file is short"](Long(HouseStyle.LongestFile + 1)));
    }
}
