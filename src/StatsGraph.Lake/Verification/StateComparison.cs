using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>Compares what the commits say with what a checkpoint of the same version says.</summary>
internal static class StateComparison
{
    /// <summary>The first difference in words; null when there is none. Removed files are left out: a checkpoint forgets them in time.</summary>
    public static string? Difference(LogState commits, LogState checkpoint)
        => Files(commits, checkpoint) ?? Transactions(commits, checkpoint) ?? Table(commits, checkpoint);

    private static string? Files(LogState commits, LogState checkpoint)
    {
        var expected = commits.Adds.ToDictionary(file => file.Path, file => file.Add, StringComparer.Ordinal);
        foreach (var (path, add) in checkpoint.Adds)
        {
            if (!expected.Remove(path, out var known))
                return $"it holds the data file {path}, which they do not";
            if (add.Size != known.Size)
                return $"it says that {path} has {add.Size} bytes, they say {known.Size}";
            if (add.Stats is { } stats && known.Stats is { } knownStats && stats != knownStats)
                return $"it has other statistics of {path}";
            if (add.PartitionValues.GetValueOrDefault(TableLayout.Site) != known.PartitionValues.GetValueOrDefault(TableLayout.Site))
                return $"it says that {path} belongs to another site";
        }
        return expected.Count > 0 ? $"it lacks the data file {expected.Keys.First()}" : null;
    }

    private static string? Transactions(LogState commits, LogState checkpoint)
    {
        foreach (var (id, txn) in commits.Transactions)
        {
            var told = checkpoint.Transactions.GetValueOrDefault(id)?.Version;
            if (told != txn.Version)
                return $"it says that {id} is at {told?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}, they say {txn.Version}";
        }
        return checkpoint.Transactions.Keys.FirstOrDefault(id => !commits.Transactions.ContainsKey(id)) is { } other
            ? $"it holds the transaction {other}, which they do not" : null;
    }

    private static string? Table(LogState commits, LogState checkpoint)
        => commits.Protocol != checkpoint.Protocol ? "it has another protocol"
            : commits.MetaData?.Id != checkpoint.MetaData?.Id || commits.MetaData?.SchemaString != checkpoint.MetaData?.SchemaString
                ? "it is of another table" : null;
}
