namespace StatsGraph.Lake;

/// <summary>What a vacuum may delete.</summary>
public sealed record VacuumOptions
{
    /// <summary>How long readers of older versions are left in peace, unless told otherwise.</summary>
    public static readonly TimeSpan DefaultAge = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a file that no commit ever named is taken for one that still waits for its commit. A writer gives up after half of that.
    /// </summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    /// <summary>
    /// Files that left the lake at least so long ago go, and so do parts of the log that are older and that nobody needs for the newest version.
    /// No file goes earlier; where the log does not reach back so far that it tells, it stays until the log is that old.
    /// </summary>
    public TimeSpan Age { get; init; } = DefaultAge;

    /// <summary>
    /// Versions that are to be readable as long as they are named here, whatever the age; but files with lines that a prune took out of the lake go.
    /// </summary>
    public IReadOnlyList<KeptVersion> Keep { get; init; } = [];

    /// <summary>Whether nothing is deleted and the result says what would be.</summary>
    public bool DryRun { get; init; }
}

/// <summary>A version of the lake, as far as somebody wants to read it again.</summary>
/// <param name="Version">Delta version of the table of log lines.</param>
/// <param name="Site">Key of the site.</param>
/// <param name="Since">Files of lines whose stamps all lie before are not wanted, nor those without any stamp.</param>
public sealed record KeptVersion(long Version, string Site, DateTimeOffset Since)
{
    /// <summary>
    /// Delta version of the table of plays, of which all files of the site are wanted: a row may end the play of any other, and not every stamp is an
    /// instant. Null where plays are not wanted.
    /// </summary>
    public long? Plays { get; init; }
}

/// <summary>What a vacuum deleted, or would delete.</summary>
/// <param name="DataFiles">Data files that left the lake, and those that were never part of it.</param>
/// <param name="LogFiles">Commits and checkpoints that the newest version does not need.</param>
/// <param name="Leftovers">Unfinished files of a process that was killed.</param>
/// <param name="Bytes">Size of all of these.</param>
/// <param name="Strange">
/// Absolute paths, in ordinal order, of files below the lake's folder that are neither part of the lake nor of a kind that this program
/// writes. They are left alone.
/// </param>
public sealed record VacuumResult(int DataFiles, int LogFiles, int Leftovers, long Bytes, IReadOnlyList<string> Strange)
{
    /// <summary>Data files that left the lake and stay for versions of <see cref="VacuumOptions.Keep"/>.</summary>
    public int Kept { get; init; }

    /// <summary>What this one and one of another table deleted together.</summary>
    public VacuumResult And(VacuumResult other)
        => new(
            DataFiles + other.DataFiles, LogFiles + other.LogFiles, Leftovers + other.Leftovers, Bytes + other.Bytes,
            [.. Strange, .. other.Strange])
        {
            Kept = Kept + other.Kept,
        };
}
