using System.Globalization;
using System.Text.RegularExpressions;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake;

/// <summary>Where things are in a data folder, and how they are named.</summary>
/// <param name="Data">Absolute path of the data folder.</param>
/// <param name="Layout">The table of it that is meant.</param>
internal sealed partial record LakeFolder(string Data, TableLayout Layout)
{
    /// <summary>Name of the folder of the log, by which a Delta table is known.</summary>
    public const string LogName = "_delta_log";

    /// <summary>Digits of a version in the name of a file of the log.</summary>
    private const int VersionDigits = 20;

    /// <summary>The table of log lines of a data folder.</summary>
    public LakeFolder(string data)
        : this(data, TableLayout.Lines)
    {
    }

    /// <summary>Root of the Delta table.</summary>
    public string Table { get; } = Path.Combine(Data, Layout.Folder);

    /// <summary>Folder of commits and checkpoints.</summary>
    public string Log { get; } = Path.Combine(Data, Layout.Folder, LogName);

    /// <summary>The secret under which lines are hashed.</summary>
    public string Key { get; } = Path.Combine(Data, FileNames.Key);

    /// <summary>Bears the time of the last vacuum, so that one a day is enough for all processes together.</summary>
    public string VacuumMark { get; } = Path.Combine(Data, Layout.VacuumMark);

    /// <summary>Points other readers at the newest checkpoint.</summary>
    public string LastCheckpoint => Path.Combine(Log, FileNames.Pointer);

    public string Commit(long version) => Path.Combine(Log, $"{Digits(version)}.json");

    public string Checkpoint(long version) => Path.Combine(Log, $"{Digits(version)}.checkpoint.parquet");

    /// <summary>The version that a commit or checkpoint of this program is named after; null for other names.</summary>
    public static long? VersionOf(string name)
    {
        var match = FileNames.CommitName().Match(name) is { Success: true } commit ? commit : FileNames.CheckpointName().Match(name);
        return match.Success && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>Versions that the log has a commit for, in no order; empty while there is no log.</summary>
    public IEnumerable<long> Commits() => Versions(FileNames.CommitName());

    /// <summary>Versions that the log has a checkpoint for, in no order; empty while there is no log.</summary>
    public IEnumerable<long> Checkpoints() => Versions(FileNames.CheckpointName());

    /// <summary>Whether there is any file of this table, committed or not.</summary>
    public bool HasLines()
        => Directory.Exists(Table) && Directory.EnumerateFiles(Table, "*", SearchOption.AllDirectories)
            .Any(path => FileNames.KindOf(path) is FileKind.Commit or FileKind.Checkpoint or FileKind.Pointer or FileKind.Data);

    /// <summary>Whether there is any file of any table of the data folder, whose rows were hashed under the key.</summary>
    public bool HasRows() => TableLayout.All.Any(layout => new LakeFolder(Data, layout).HasLines());

    /// <summary>Checks a site's key: it becomes the name of a folder.</summary>
    /// <exception cref="ArgumentException">The key is not 1 to 64 of a-z, 0-9, dot, dash and underscore.</exception>
    public static void CheckSite(string site)
    {
        if (!SiteKey().IsMatch(site))
        {
            throw new ArgumentException(
                $"'{site}' is no site key; expected 1 to 64 characters of a-z, 0-9, '.', '-' and '_' that begin with a letter or digit",
                nameof(site));
        }
    }

    private IEnumerable<long> Versions(Regex name)
        => Directory.Exists(Log)
            ? Directory.EnumerateFiles(Log).Select(path => name.Match(Path.GetFileName(path))).Where(match => match.Success)
                .Select(match => long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var version) ? version : -1)
                .Where(version => version >= 0)
            : [];

    private static string Digits(long version) => version.ToString(CultureInfo.InvariantCulture).PadLeft(VersionDigits, '0');

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex SiteKey();
}
