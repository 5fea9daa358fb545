namespace StatsGraph.Reports;

/// <summary>What answering may cost, and when figures are settled.</summary>
public sealed record ReportOptions
{
    /// <summary>A period is complete once the data reaches this far past its end.</summary>
    public TimeSpan SettlingTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Memory that the query engine may use, in DuckDB's notation.</summary>
    public string MemoryLimit { get; init; } = "1GB";

    /// <summary>Longest period, in years.</summary>
    public int MaximumYears { get; init; } = 10;

    /// <summary>Most buckets of a time series.</summary>
    public int MaximumBuckets { get; init; } = 10_000;

    /// <summary>Most groups of a list, all pages together.</summary>
    public int MaximumGroups { get; init; } = 1_000_000;

    /// <summary>Longest time that answering one request may take, all its figures together.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
