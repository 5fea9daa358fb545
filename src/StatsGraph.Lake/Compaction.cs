namespace StatsGraph.Lake;

/// <summary>How eager a compaction is.</summary>
public sealed record CompactionOptions
{
    /// <summary>Bytes of a data file at most.</summary>
    public const long BytesPerFile = 128L << 20;

    /// <summary>All that can be gained by it, at once.</summary>
    public static readonly CompactionOptions Full = new();

    /// <summary>For a process that goes on: one file at a time, and not for a handful of small files.</summary>
    public static readonly CompactionOptions Background = new() { FewestFiles = 8, MostMerges = 1, IsPolite = true };

    /// <summary>For a process that wants to end: a moment's work, which keeps the number of files of a station small all the same.</summary>
    public static readonly CompactionOptions AfterIngest = new() { FewestFiles = 8, MostMerges = 4, RowsPerFile = 200_000 };

    /// <summary>Key of the only site to look at; null for all.</summary>
    public string? Site { get; init; }

    /// <summary>Rows of a data file at most. A file of half as many is never rewritten.</summary>
    public long RowsPerFile { get; init; } = 1_000_000;

    /// <summary>Files that become one at least, 2 or more, unless they fill it.</summary>
    public int FewestFiles { get; init; } = 2;

    /// <summary>Whether all other work of the machine goes before.</summary>
    public bool IsPolite { get; init; }

    /// <summary>Files to write at most.</summary>
    public int MostMerges { get; init; } = int.MaxValue;
}

/// <summary>What a compaction did.</summary>
/// <param name="Merges">Files written.</param>
/// <param name="Files">Files that they replaced.</param>
/// <param name="Rows">Lines that were in them.</param>
/// <param name="BytesBefore">Size of the files that were replaced.</param>
/// <param name="BytesAfter">Size of the files that were written.</param>
public sealed record CompactionResult(int Merges, int Files, long Rows, long BytesBefore, long BytesAfter)
{
    /// <summary>Nothing was due.</summary>
    public static readonly CompactionResult Nothing = new(0, 0, 0, 0, 0);

    /// <summary>
    /// Why sites could not be compacted, or no further: one for each, whose message names the file. What is left of their files is as it was.
    /// </summary>
    public IReadOnlyList<LakeException> Failures { get; init; } = [];

    /// <summary>What this one and one of another table did together.</summary>
    public CompactionResult And(CompactionResult other)
        => new(
            Merges + other.Merges, Files + other.Files, Rows + other.Rows, BytesBefore + other.BytesBefore, BytesAfter + other.BytesAfter)
        {
            Failures = [.. Failures, .. other.Failures],
        };
}
