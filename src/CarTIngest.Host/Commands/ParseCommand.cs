using System.CommandLine;
using CarTIngest.Records;

namespace CarTIngest.Host.Commands;

/// <summary><c>parse</c>: files of records as JSON lines, no store.</summary>
internal static class ParseCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "PubMed XML or study JSON, gzipped or not, or folders of them.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Reader = new("--reader") { Description = "Which reader: reference reads by XmlReader and System.Text.Json.", HelpName = "reference", DefaultValueFactory = _ => "reference" };

    public static Command Create()
    {
        Reader.AcceptOnlyFromAmong("reference");
        var verb = CommonOptions.Verb("parse", "Reads files and writes a JSON line a record; what cannot be read is a line too, and the rest goes on.", "parse pubmed26n0001.xml.gz > records.jsonl", Paths, Reader);
        verb.SetAction((call, cancellationToken) => RecordLines.WriteAsync(call.GetValue(Paths)!, RecordJson.Write, cancellationToken));
        return verb;
    }
}
