using StatsGraph.Lake.Log;

namespace StatsGraph.Lake;

/// <summary>How the progress of a source is kept in the log: two transaction identifiers, one for each number.</summary>
internal static class SourceTransactions
{
    public static SourceProgress? Find(LakeSnapshot snapshot, string site, string source)
        => snapshot.Transactions.TryGetValue(LengthId(site, source), out var length)
            && snapshot.Transactions.TryGetValue(DigestId(site, source), out var digest)
            ? new SourceProgress(source, length, digest) : null;

    /// <param name="site">Key of the site.</param>
    /// <param name="progress">How far the source is.</param>
    /// <param name="updated">Now, in milliseconds since 1970.</param>
    public static IEnumerable<TxnAction> Actions(string site, SourceProgress progress, long updated) =>
    [
        new TxnAction(LengthId(site, progress.Source), progress.Length, updated),
        new TxnAction(DigestId(site, progress.Source), progress.Digest, updated),
    ];

    private static string LengthId(string site, string source) => $"statsgraph.source/{site}/{source}/length";

    private static string DigestId(string site, string source) => $"statsgraph.source/{site}/{source}/digest";
}
