using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>backup and restore, out of one store and into another.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Fact]
    public async Task What_was_backed_up_is_restored_to_the_same_state()
    {
        await ImportAsync();

        var backup = Assert.Single((await cartingest.CallAsync("backup", cartingest.InFolder("copy;1.cartingest"), "--json", "--store", "store")).Ends(0).Json);
        var restored = Assert.Single((await cartingest.CallAsync("restore", "copy;1.cartingest", "--json", "--store", "other")).Ends(0).Json);

        Assert.Equal("file state", Answered.Members(backup));
        Assert.Equal(cartingest.InFolder("copy;1.cartingest"), backup.GetProperty("file").GetString());
        Assert.Equal(backup.GetProperty("state").GetString(), restored.GetProperty("state").GetString());
        var verified = Assert.Single((await cartingest.CallAsync("verify", "--json", "--store", "other")).Ends(0).Json);
        Assert.Equal(backup.GetProperty("state").GetString(), verified.GetProperty("state").GetString());
        Assert.Equal(["copy;1.cartingest"], Directory.EnumerateFiles(cartingest.Folder, "copy*").Select(Path.GetFileName));
        (await cartingest.CallAsync("restore", "copy;1.cartingest", "--store", "other")).Refuses(4, "accounts already");
    }

    [Fact]
    public async Task No_file_is_written_over()
    {
        await ImportAsync();
        var file = cartingest.Write("there", "something");

        (await cartingest.CallAsync("backup", "there", "--store", "store")).Refuses(4, "there exists");

        Assert.Equal("something", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task What_cannot_be_backed_up_or_restored_is_said_in_a_sentence()
    {
        await ImportAsync();
        cartingest.Write("no.cartingest", new string('x', 5000));

        (await cartingest.CallAsync("backup", cartingest.InFolder("nowhere/copy"), "--store", "store")).Refuses(4, "nowhere/copy cannot be written");
        (await cartingest.CallAsync("backup", cartingest.InFolder("copy"), "--store", "absent")).Refuses(4, "There is no store yet");
        (await cartingest.CallAsync("restore", "no.cartingest", "--store", "other")).Refuses(4, "cannot be opened");
    }

    private async Task ImportAsync()
    {
        cartingest.Write("records/a.xml", InventedRecords.Set);
        cartingest.Write("records/b.json", InventedRecords.Study);
        (await cartingest.CallAsync("import", "records", "--store", "store")).Ends(0);
    }
}
