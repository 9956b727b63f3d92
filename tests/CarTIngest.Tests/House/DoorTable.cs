namespace CarTIngest.Tests.House;

/// <summary>Who may touch the world: the one place where it is written. A room or a type that needs a door is added to its row, with the reason in the commit.</summary>
internal static class DoorTable
{
    private static readonly string[] Shell = ["Program", "Commands"];

    public static readonly IReadOnlyList<Door> Doors =
    [
        new(
            "the network",
            [
                "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.HttpMessageHandler", "System.Net.Http.HttpClientHandler",
                "System.Net.Http.SocketsHttpHandler", "System.Net.Http.DelegatingHandler", "System.Net.Http.IHttpClientFactory", "System.Net.HttpListener", "System.Net.WebClient",
                "System.Net.WebRequest", "System.Net.Dns", "System.Net.Sockets.*", "System.Net.Security.*", "System.Net.WebSockets.*", "System.Net.Mail.*", "System.Net.NetworkInformation.*",
            ],
            // Of alerts the two ways out that end in another machine: the mail server, whose sockets MailKit opens, and the webhook.
            ["Sources.Http", "Rehearsal", "CarTIngest.Host.Alerts.SmtpChannel", "CarTIngest.Host.Alerts.WebhookChannel"],
            // An address is a value, and so is the word on whom to trust; nothing is sent by them.
            ["System.Net.Mail.MailAddress", "System.Net.Security.RemoteCertificateValidationCallback"]),
        new(
            "the file system",
            [
                "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileSystemInfo",
                "System.IO.FileSystemWatcher", "System.IO.DriveInfo", "System.IO.RandomAccess", "System.IO.Enumeration.*", "System.IO.MemoryMappedFiles.*", "System.IO.IsolatedStorage.*",
                "System.IO.Compression.ZipFile", "System.IO.StreamReader::.ctor(System.String", "System.IO.StreamWriter::.ctor(System.String",
                "System.IO.Path::Exists", "System.AppContext", "System.IO.Path::GetTempPath", "System.IO.Path::GetTempFileName", "System.Xml.XmlReader::Create(System.String", "System.Xml.XmlWriter::Create(System.String",
                "System.Xml.Linq.XDocument::Load(System.String", "System.Xml.Linq.XElement::Load(System.String",
            ],
            [.. Shell, "Sources.Files", "CarTIngest.Sources.ReviewSearches", "CarTIngest.Sources.IncludedReports", "CarTIngest.Sources.Http.PaceFile", "CarTIngest.Host.People.SecretFile", "Storage", "Alerts", "CarTIngest.Host.Watchdog.Conditions.FullDisk", "Rehearsal"]),
        // MailKit speaks to servers: one type does. A letter, its addresses and its names are values of MimeKit.
        new("mail servers", ["MailKit.*"], ["CarTIngest.Host.Alerts.SmtpChannel"]),
        new("letters", ["MimeKit.*"], ["CarTIngest.Host.Alerts.SmtpChannel", "CarTIngest.Host.Alerts.MailLetter", "CarTIngest.Host.Alerts.MailFace", "CarTIngest.Host.Alerts.AlertsOptions"]),
        new("templates and what makes HTML safe", ["Stubble.*", "Ganss.*"], ["CarTIngest.Host.Alerts.MailTemplates"]),
        new("the console", ["System.Console"], Shell),
        new("other processes", ["System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo"], Shell),
        new(
            "the environment",
            ["System.Environment", "System.Runtime.InteropServices.PosixSignalRegistration"],
            Shell,
            ["System.Environment::get_NewLine", "System.Environment::get_CurrentManagedThreadId"]),
        new("the database", ["Microsoft.EntityFrameworkCore.*"], [.. Shell, "Storage", "Nightly", "Replay", "Web", "Jobs", "Alerts", "Watchdog", "People"]),
        new("the database's drivers", ["Npgsql.*", "NpgsqlTypes.*", "Microsoft.Data.Sqlite.*", "SQLitePCL.*", "System.Data.*"], ["Storage", Door.Setups]),
        // A machine never decides: only where a person speaks are decisions written.
        new("people's decisions", ["CarTIngest.Host.Storage.DecisionBook::WriteAsync", "CarTIngest.Screening.Decision::After"], ["Commands", "Web", "CarTIngest.Host.Storage.DecisionBook"]),
        new("the table of decisions", ["CarTIngest.Host.Storage.StoreContext::get_Decisions", "CarTIngest.Host.Storage.StoreContext::get_ChainHeads"], ["Storage"]),
        new("the scheduler", ["Hangfire.*"], [.. Shell, "Jobs", "Web"]),
        new(
            "the web server",
            ["Microsoft.AspNetCore.*"],
            [.. Shell, "Web", "People", "Jobs", "Rehearsal"],
            // Rows of tables; they serve nothing.
            [
                "Microsoft.AspNetCore.Identity.IdentityUser`1", "Microsoft.AspNetCore.Identity.IdentityUserClaim`1", "Microsoft.AspNetCore.Identity.IdentityUserLogin`1",
                "Microsoft.AspNetCore.Identity.IdentityUserToken`1", "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey",
                "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.IDataProtectionKeyContext",
            ]),
        new("the system's own clock", ["System.TimeProvider::get_System"], [.. Shell, Door.Setups, "CarTIngest.Rehearsal.Server.RehearsalSettings"]),
        new(
            "a clock that no test can move",
            [
                "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
                "System.Diagnostics.Stopwatch", "System.Environment::get_TickCount", "System.TimeZoneInfo::get_Local", "System.Threading.Timer", "System.Timers.*",
                "System.Threading.Thread::Sleep", "System.Threading.PeriodicTimer::.ctor(System.TimeSpan)",
                "System.Threading.Tasks.Task::Delay(System.Int32", "System.Threading.Tasks.Task::Delay(System.TimeSpan)",
                "System.Threading.Tasks.Task::Delay(System.TimeSpan,System.Threading.CancellationToken)",
            ],
            []),
        new(
            "chance without a seed",
            ["System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Random::get_Shared", "System.Random::.ctor()"],
            []),
        new(
            "a thread that waits",
            ["System.Threading.Tasks.Task::Wait(", "System.Threading.Tasks.Task::WaitAll", "System.Threading.Tasks.Task::WaitAny", "System.Threading.Tasks.Task`1::get_Result", "System.Threading.Tasks.ValueTask`1::get_Result", "System.Threading.Thread::.ctor"],
            []),
    ];
}
