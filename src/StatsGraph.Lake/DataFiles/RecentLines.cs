namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// The identities of the last files that this process added. A log goes on where its last commit ended, often within one second:
/// what comes next has to be compared with that file, which need not be read for it. Safe for any number of threads.
/// </summary>
internal sealed class RecentLines
{
    /// <summary>Files that are remembered: of an import the last one, and one more for whoever appends beside it.</summary>
    private const int MostFiles = 2;

    private readonly Lock gate = new();
    private readonly Identities[] files = [new(), new()];
    private int next;

    /// <summary>Remembers the new lines of an append.</summary>
    /// <param name="path">The data file that holds them.</param>
    /// <param name="lines">The append.</param>
    public void Keep(string path, AppendedLines lines)
    {
        lock (gate)
        {
            files[next].Set(path, lines);
            next = (next + 1) % MostFiles;
        }
    }

    /// <summary>Strikes out of an append what a file holds; false when the file is not remembered.</summary>
    public bool TryStrike(AppendedLines lines, string path)
    {
        lock (gate)
        {
            if (Array.Find(files, file => file.Path == path) is not { } known)
                return false;
            known.StrikeOut(lines);
            return true;
        }
    }

    private sealed class Identities
    {
        private long[] hashes = [];
        private long[] ends = [];
        private int[] ordinals = [];
        private int count;

        public string? Path { get; private set; }

        public void Set(string path, AppendedLines lines)
        {
            if (hashes.Length < lines.New)
                (hashes, ends, ordinals) = (new long[lines.New], new long[lines.New], new int[lines.New]);
            lines.CopyNew(hashes, ordinals, ends);
            (Path, count) = (path, lines.New);
        }

        /// <summary>Only lines of the times of the append can be among its lines.</summary>
        public void StrikeOut(AppendedLines lines)
        {
            for (var line = 0; line < count && lines.New > 0; line++)
            {
                if (lines.Times.MayHold(ends[line]))
                    lines.Strike(hashes[line], ordinals[line]);
            }
        }
    }
}
