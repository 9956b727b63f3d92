using CarTIngest.Host.Storage;

namespace CarTIngest.Host.People;

/// <summary>A file that its owner alone may read (0600), beside SQLite's file, or in the working directory where there is none.</summary>
internal sealed class SecretFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private SecretFile(string path) => Path = path;

    public string Path { get; }

    public static SecretFile Beside(StorageOptions storage, string name) =>
        new(System.IO.Path.GetFullPath(storage.FileOfSqlite() is { } database && System.IO.Path.GetDirectoryName(database) is { Length: > 0 } folder ? System.IO.Path.Combine(folder, name) : name));

    /// <summary>Whole or not at all, in place of what was there.</summary>
    public void Write(string text) => Put(text, overwrite: Overwrite.Yes);

    /// <summary>Of several processes that begin at once one writes; all read the same.</summary>
    public string ReadOrWrite(Func<string> make)
    {
        if (!File.Exists(Path))
        {
            try
            {
                Put(make(), Overwrite.No);
            }
            catch (IOException) when (File.Exists(Path))
            {
                // Another process was faster; what it wrote counts.
            }
        }

        return File.ReadAllText(Path).Trim();
    }

    public void Delete() => File.Delete(Path);

    private void Put(string text, Overwrite overwrite)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var unfinished = $"{Path}.{Secret.New()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        try
        {
            using (var file = new StreamWriter(unfinished, options))
            {
                file.WriteLine(text);
            }

            File.Move(unfinished, Path, overwrite == Overwrite.Yes);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private enum Overwrite
    {
        No,
        Yes,
    }
}
