using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CarTIngest.Host.Commands;

/// <summary>Logs as an operator reads them: time in UTC, how grave, one sentence, one line.</summary>
internal sealed class PlainLines(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var says = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine(OneLine(string.Create(
            CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {Grave(logEntry.LogLevel)} {says}{(logEntry.Exception is null ? "" : $" {logEntry.Exception}")}")));
    }

    private static string Grave(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning:",
        LogLevel.Error => "error:",
        LogLevel.Critical => "fatal:",
        _ => "-",
    };

    /// <summary>What a source sent may hold line breaks and escapes; a log line holds neither.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(sign => char.IsControl(sign) || sign is '\u0085' or '\u2028' or '\u2029' ? ' ' : sign));
}
