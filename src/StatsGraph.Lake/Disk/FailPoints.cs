namespace StatsGraph.Lake.Disk;

/// <summary>
/// The points around every write of the lake, and after every deletion of a vacuum, at which a test build can be told to die. Named by what
/// the file is and what has just happened to it.
/// </summary>
internal static class FailPoints
{
    /// <summary>The environment variable that chooses one: its name, or its name, a colon and how many times it is passed, counted from 1.</summary>
    public const string Variable = "LAKE_FAIL_POINT";

    /// <summary>Every point.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "key.before-create", "key.created", "key.half-written", "key.written", "key.flushed", "key.named", "key.hidden-removed",
        "key.folder-flushed",
        "data.before-create", "data.created", "data.group-written", "data.written", "data.flushed", "data.folder-flushed",
        "commit.before-create", "commit.created", "commit.half-written", "commit.written", "commit.flushed", "commit.named",
        "commit.hidden-removed", "commit.folder-flushed",
        "checkpoint.before-create", "checkpoint.written", "checkpoint.flushed", "checkpoint.named", "checkpoint.folder-flushed",
        "pointer.before-create", "pointer.written", "pointer.flushed", "pointer.named", "pointer.folder-flushed",
        "data.deleted", "hidden.deleted", "commit.deleted", "checkpoint.deleted", "mark.written", "mark.dated",
    ];
}
