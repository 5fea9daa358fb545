using StatsGraph.Lake.Log;

namespace StatsGraph.Lake;

/// <summary>How the progress of a source is kept in the log: two transaction identifiers, one for each number.</summary>
internal static class SourceTransactions
{
    private const string Prefix = "statsgraph.source/";
    private const string Length = "/length";
    private const string Digest = "/digest";

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

    /// <summary>The identifier of the other number of the source that an identifier is of; null where it is of no source.</summary>
    public static string? Twin(string id)
        => !id.StartsWith(Prefix, StringComparison.Ordinal) ? null
            : id.EndsWith(Length, StringComparison.Ordinal) ? id[..^Length.Length] + Digest
            : id.EndsWith(Digest, StringComparison.Ordinal) ? id[..^Digest.Length] + Length : null;

    private static string LengthId(string site, string source) => $"{Prefix}{site}/{source}{Length}";

    private static string DigestId(string site, string source) => $"{Prefix}{site}/{source}{Digest}";
}
