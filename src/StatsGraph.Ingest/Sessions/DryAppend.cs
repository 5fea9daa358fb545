using System.Collections;
using System.Numerics;
using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Tells which lines an append would add, without adding any. What one call found new is known to the next one, as it would be after a commit.
/// </summary>
internal sealed class DryAppend(LakeTable lake, string site)
{
    private const ulong OrdinalMultiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly LineHashes seen = new();

    /// <summary>Which rows of each batch would be new.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    public AppendResult Compare(IReadOnlyList<RecordBatch> batches, CancellationToken cancellation)
    {
        var result = lake.Compare(site, batches, cancellation);
        for (var index = 0; index < batches.Count; index++)
            Strike(batches[index], result.Added[index]);
        return result;
    }

    private void Strike(RecordBatch batch, BitArray added)
    {
        var hashes = ((Int64Array)batch.Column(LineColumns.LineHash)).Values;
        var ordinals = ((Int32Array)batch.Column(LineColumns.Ordinal)).Values;
        for (var row = 0; row < added.Length; row++)
        {
            var identity = BitOperations.RotateLeft((ulong)hashes[row], 1) ^ ((ulong)ordinals[row] * OrdinalMultiplier);
            if (added[row] && !seen.Add(identity))
                added[row] = false;
        }
    }
}
