using System.Text.Json;

namespace CarTIngest.Tests.Eligibility;

/// <summary>Recorded nights of the registry, the newest form of each study in one temporary file.</summary>
internal sealed class RegistryNights : IDisposable
{
    public RegistryNights(string folder)
    {
        var studies = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var night in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var lines = new StreamReader(new System.IO.Compression.GZipStream(System.IO.File.OpenRead(night), System.IO.Compression.CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                using var change = JsonDocument.Parse(line);
                var study = change.RootElement.TryGetProperty("upsert", out var upsert) ? upsert : change.RootElement;
                if (study.TryGetProperty("protocolSection", out var protocol))
                {
                    studies[protocol.GetProperty("identificationModule").GetProperty("nctId").GetString()!] = study.GetRawText();
                }
            }
        }

        System.IO.File.WriteAllLines(File, studies.Values);
    }

    public string File { get; } = $"{Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}.jsonl";

    public void Dispose() => System.IO.File.Delete(File);
}
