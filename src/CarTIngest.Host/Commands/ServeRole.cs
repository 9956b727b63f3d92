namespace CarTIngest.Host.Commands;

/// <summary>Which part of the service a process is.</summary>
internal enum ServeRole
{
    /// <summary>Both: the one process beside SQLite, and a small installation on PostgreSQL.</summary>
    All,

    /// <summary>Pages and dashboard; does no job.</summary>
    Web,

    /// <summary>Does jobs; serves nothing but its health.</summary>
    Worker,
}
