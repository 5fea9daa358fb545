using Apache.Arrow;
using ParquetSharp.Arrow;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Verification;

/// <summary>
/// Checks that no line is in a site twice. The hashes are keyed and so spread evenly: where there are too many to be held at once, those of
/// one range of hashes are taken after those of another, each in a reading of its own.
/// </summary>
internal static class IdentityCheck
{
    /// <summary>Lines of a pass, about. Each takes 16 bytes.</summary>
    public const int LinesPerPass = 1 << 23;

    /// <summary>Compares the lines of a site's files.</summary>
    /// <param name="files">Readable files of one site.</param>
    /// <param name="layout">Their table.</param>
    /// <param name="findings">Takes one finding for each two files that share lines, or each file that shares some with itself.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <param name="linesPerPass">Lines held at once, about.</param>
    public static void Run(
        IReadOnlyList<LakeFile> files, TableLayout layout, FindingList findings, CancellationToken cancellation, int linesPerPass = LinesPerPass)
    {
        var all = files.Sum(file => file.Rows);
        var passes = (ulong)Math.Max(1, (all + linesPerPass - 1) / linesPerPass);
        var shared = new SortedDictionary<(int First, int Second), long>();
        for (ulong pass = 0; pass < passes; pass++)
        {
            var lines = new List<UInt128>((int)Math.Min(all, linesPerPass + (linesPerPass / 8)));
            for (var number = 0; number < files.Count; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                Gather(files[number].Path, layout.Schema, number, lines, hash => Math.BigMul((ulong)hash, passes, out _) == pass);
            }
            lines.Sort();
            Count(lines, shared);
        }

        foreach (var ((first, second), count) in shared)
        {
            findings.AddDamage(files[second].Path, first == second
                ? $"{count} of its lines are in it twice, expected each once"
                : $"{count} of its lines are in {files[first].Path} too, expected each once in a site");
        }
    }

    /// <summary>A line as one number: its hash, its ordinal and the number of its file.</summary>
    private static void Gather(string path, Schema schema, int number, List<UInt128> lines, Func<long, bool> isOfPass)
        => Fault.Naming(path, "the data file could not be read", () =>
        {
            using var reader = new FileReader(path);
            int[] columns = [schema.GetFieldIndex(TableLayout.Hash), schema.GetFieldIndex(TableLayout.Ordinal)];
            using var batches = reader.GetRecordBatchReader(rowGroups: null, columns);
            while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            {
                using (batch)
                {
                    var hashes = ((Int64Array)batch.Column(0)).Values;
                    var ordinals = ((Int32Array)batch.Column(1)).Values;
                    for (var row = 0; row < hashes.Length; row++)
                    {
                        if (isOfPass(hashes[row]))
                            lines.Add(new UInt128((ulong)hashes[row], ((ulong)(uint)ordinals[row] << 32) | (uint)number));
                    }
                }
            }
        });

    private static void Count(List<UInt128> lines, SortedDictionary<(int First, int Second), long> shared)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i] >> 32 != lines[i - 1] >> 32)
                continue;
            var files = ((int)(uint)lines[i - 1], (int)(uint)lines[i]);
            shared[files] = shared.GetValueOrDefault(files) + 1;
        }
    }
}
