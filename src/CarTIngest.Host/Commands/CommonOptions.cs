using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary>Options that several verbs share, each once, so that they mean the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "A setting, as Section:Key=value; may be given again. Overrides the environment and appsettings.json.",
        HelpName = "Section:Key=value",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Answers as JSON instead of a table.", Recursive = true };

    public static Option<string?> Store { get; } = new("--store") { Description = "The folder that holds the store (FOLDER/cartingest.db).", HelpName = "FOLDER" };

    /// <summary>A verb with its example under the help's description.</summary>
    public static Command Verb(string name, string does, string example, params ReadOnlySpan<Symbol> symbols)
    {
        var verb = new Command(name, $"{does}{Environment.NewLine}{Environment.NewLine}Example: cartingest {example}");
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                verb.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                verb.Arguments.Add(argument);
            }
        }

        return verb;
    }
}
