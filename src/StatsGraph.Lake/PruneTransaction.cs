using StatsGraph.Lake.Log;

namespace StatsGraph.Lake;

/// <summary>
/// Up to where lines of a site were taken out of the lake, kept in the log as a transaction identifier: files that left the lake before are not to be
/// kept where they hold such lines.
/// </summary>
internal static class PruneTransaction
{
    private const string Prefix = "statsgraph.prune/";

    /// <summary>The latest cut-off; null where the site was never pruned.</summary>
    public static DateTimeOffset? Find(IReadOnlyDictionary<string, TxnAction> transactions, string site)
        => transactions.GetValueOrDefault(Prefix + site) is { } txn ? DateTimeOffset.FromUnixTimeMilliseconds(txn.Version) : null;

    /// <summary>What a prune adds to its commits; nothing where the site was pruned further already.</summary>
    /// <param name="state">The version before the commit.</param>
    /// <param name="site">Key of the site.</param>
    /// <param name="cutoff">First instant that is kept.</param>
    /// <param name="updated">Now.</param>
    public static IEnumerable<TxnAction> Actions(LogState state, string site, DateTimeOffset cutoff, DateTimeOffset updated)
        => Find(state.Transactions, site) >= cutoff ? [] : [new TxnAction(Prefix + site, cutoff.ToUnixTimeMilliseconds(), updated.ToUnixTimeMilliseconds())];
}
