namespace StatsGraph.Reports.Columns.Following;

/// <summary>Tells what is wrong, once for as long as it stays so.</summary>
/// <param name="tell">Takes one line.</param>
internal sealed class Remarks(Action<string> tell)
{
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>Tells something, unless it is the last thing that was told of its subject.</summary>
    public void Tell(string subject, string line)
    {
        if (told.TryGetValue(subject, out var last) && last == line)
            return;
        told[subject] = line;
        tell(line);
    }

    /// <summary>All is well with a subject: whatever comes next is told.</summary>
    public void Clear(string subject) => told.Remove(subject);
}
