using System.Text.RegularExpressions;

namespace StatsGraph.Lake.Disk;

/// <summary>
/// How the lake names what it writes, all of it here, so that whatever a crash leaves behind can be told from what is another's:
/// <list type="bullet">
/// <item><c>lake.key</c>, <c>lake.vacuum</c> and <c>plays.vacuum</c> in the data folder;</item>
/// <item>in <c>lake/</c> and <c>plays/</c> alike, <c>lake/_delta_log/{20 digits}.json</c>, <c>lake/_delta_log/{20 digits}.checkpoint.parquet</c> and
/// <c>lake/_delta_log/_last_checkpoint</c>, which appear under these names whole or not at all;</item>
/// <item><c>lake/site={key}/part-{32 hexadecimal digits}.zstd.parquet</c>, which is no part of the lake, and may be cut off anywhere, unless a
/// commit names it;</item>
/// <item><c>.{name}.{32 hexadecimal digits}.tmp</c> beside a file of the first two kinds that is being written.</item>
/// </list>
/// </summary>
internal static partial class FileNames
{
    /// <summary>The secret of the hashes.</summary>
    public const string Key = "lake.key";

    /// <summary>The pointer at the newest checkpoint.</summary>
    public const string Pointer = "_last_checkpoint";

    /// <summary>A name for a data file that no other has.</summary>
    public static string NewDataFile() => $"part-{Guid.NewGuid():N}.zstd.parquet";

    /// <summary>A name, that no other has, for a file's content until the file may appear.</summary>
    public static string NewHidden(string name) => $".{name}.{Guid.NewGuid():N}.tmp";

    /// <summary>What a file of this name is. The name alone decides; that a data file has its name says nothing of its content.</summary>
    public static FileKind KindOf(string path) => Path.GetFileName(path) switch
    {
        Key => FileKind.Key,
        var name when TableLayout.All.Any(layout => layout.VacuumMark == name) => FileKind.Mark,
        Pointer => FileKind.Pointer,
        var name when CommitName().IsMatch(name) => FileKind.Commit,
        var name when CheckpointName().IsMatch(name) => FileKind.Checkpoint,
        var name when DataFileName().IsMatch(name) => FileKind.Data,
        var name when HiddenName().IsMatch(name) => FileKind.Hidden,
        _ => FileKind.Other,
    };

    /// <summary>The version is the first group.</summary>
    [GeneratedRegex(@"\A([0-9]{20})\.json\z")]
    public static partial Regex CommitName();

    /// <summary>The version is the first group.</summary>
    [GeneratedRegex(@"\A([0-9]{20})\.checkpoint\.parquet\z")]
    public static partial Regex CheckpointName();

    [GeneratedRegex(@"\Apart-[0-9a-f]{32}\.zstd\.parquet\z")]
    private static partial Regex DataFileName();

    [GeneratedRegex(@"\A\..+\.[0-9a-f]{32}\.tmp\z")]
    private static partial Regex HiddenName();
}

/// <summary>What a file in a data folder is, by its name.</summary>
internal enum FileKind
{
    /// <summary>Nothing that the lake writes.</summary>
    Other,

    /// <summary>The secret of the hashes.</summary>
    Key,

    /// <summary>The time of the last vacuum.</summary>
    Mark,

    /// <summary>A commit of the log.</summary>
    Commit,

    /// <summary>A checkpoint of the log.</summary>
    Checkpoint,

    /// <summary>The pointer at the newest checkpoint.</summary>
    Pointer,

    /// <summary>Lines, if a commit names it.</summary>
    Data,

    /// <summary>Content that has no name yet; left behind by a crash when nobody writes it.</summary>
    Hidden,
}
