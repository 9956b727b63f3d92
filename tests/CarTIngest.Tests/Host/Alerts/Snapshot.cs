using CarTIngest.Host.Alerts;
using CarTIngest.Reporting.Digests;

namespace CarTIngest.Tests.Host.Alerts;

/// <summary>A mail beside what was read and found good. After a change that is meant: CARTINGEST_ACCEPT=1.</summary>
internal static class Snapshot
{
    private static readonly string Folder = Path.Combine(Shared.RepositoryRoot, "tests", "CarTIngest.Tests", "Host", "Alerts", "Snapshots");

    /// <param name="name">Ends in .html for the HTML part; else subject and text are looked at.</param>
    public static void Shows(string name, LetterText letter) =>
        Shows(name, name.EndsWith(".html", StringComparison.Ordinal) ? letter.Html : Text(letter.Subject, letter.Text));

    public static string Text(string subject, string text) => $"{subject}\n\n{FlowedText.Plain(text)}";

    public static void Shows(string name, string written)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("CARTINGEST_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.ReadAllText(file), written);
    }
}
