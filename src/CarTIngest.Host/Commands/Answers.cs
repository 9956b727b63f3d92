using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace CarTIngest.Host.Commands;

/// <summary>What goes to stdout: JSON lines, or tables for people.</summary>
internal static class Answers
{
    /// <summary>No terminal: wide enough that no line is broken.</summary>
    private const int PipeWidth = 240;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Json<T>(T answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, Shape));

    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Cells are plain text: nothing in them is read as markup, and control characters do not reach the terminal.</summary>
    public static void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in head)
        {
            var right = title.StartsWith('>');
            var column = new TableColumn(Markup.Escape(title.TrimStart('>'))) { Alignment = right ? Justify.Right : Justify.Left, NoWrap = right };
            table.AddColumn(column);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Plain(cell)))]);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = Console.IsOutputRedirected ? PipeWidth : Math.Max(80, Console.WindowWidth);
        console.Write(table);
    }

    private static string Plain(string text) => string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign));
}
