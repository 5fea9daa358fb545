namespace StatsGraph.Lake.Verification;

/// <summary>Collects findings; the same one is kept once.</summary>
internal sealed class FindingList
{
    private readonly OrderedDictionary<(string File, string Message), Severity> findings = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Finding> All => [.. findings.Select(entry => new Finding(entry.Value, entry.Key.File, entry.Key.Message))];

    /// <summary>Notes a damage.</summary>
    public void AddDamage(string file, string message) => findings.TryAdd((file, message), Severity.Damage);

    /// <summary>Notes what does no harm.</summary>
    public void AddWarning(string file, string message) => findings.TryAdd((file, message), Severity.Warning);

    /// <summary>Does work on a file; what the lake complains of is a damage. Returns null then.</summary>
    public T? Try<T>(string file, Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (LakeException exception)
        {
            AddDamage(file, exception.Message.StartsWith(file + ": ", StringComparison.Ordinal)
                ? exception.Message[(file.Length + 2)..] : exception.Message);
            return null;
        }
    }
}
