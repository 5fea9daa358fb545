using System.Text.Json.Serialization;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Lake;

namespace StatsGraph.Compliance;

/// <summary>What every report has that can be issued: what it is of, what it was computed from, and its place among those that were issued.</summary>
public abstract record IssuableReport
{
    /// <summary>Version of this shape.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The station.</summary>
    public required ReportedSite Site { get; init; }

    /// <summary>The period.</summary>
    public required ReportedPeriod Period { get; init; }

    /// <summary>What the figures were computed from.</summary>
    public required ReportedData Data { get; init; }

    /// <summary>What a reader has to know of this report, in sentences: that data are incomplete, or rules do not hold in the period.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Its place among the reports that were issued; null for a draft.</summary>
    public ReportIssue? Issue { get; init; }

    /// <summary><c>sha256:</c> and the digits of the SHA-256 of the canonical JSON (RFC 8785) of all the rest; null until it is sealed.</summary>
    public string? Checksum { get; init; }

    /// <summary>Name of what is reported, by which revisions are kept.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>Sessions that started in the period or were open when it began, of all that the report looks at.</summary>
    [JsonIgnore]
    public abstract long KnownSessions { get; }

    /// <summary>Whether it was computed from an older version of the lake than another one.</summary>
    internal virtual bool IsOlderThan(IssuableReport other) => Data.LakeVersion < other.Data.LakeVersion;

    /// <summary>What of the lake is needed to compute it again.</summary>
    internal virtual KeptVersion Needs() => new(Data.LakeVersion, Site.Key, IssuedReports.Since(this).ToDateTimeOffset());
}

/// <summary>How reports of a kind are told from others and compared with one another.</summary>
/// <typeparam name="TReport">The kind.</typeparam>
public interface IIssuable<TReport>
    where TReport : IssuableReport, IIssuable<TReport>
{
    /// <summary>Whether reports of that <see cref="IssuableReport.Name"/> are of this kind.</summary>
    static abstract bool IsNamed(string name);

    /// <summary>The figures that are different between two reports.</summary>
    static abstract IReadOnlyList<FigureChange> FigureChanges(TReport before, TReport after);

    /// <summary>What else is different between them, in sentences.</summary>
    static abstract IReadOnlyList<string> OtherChanges(TReport before, TReport after);
}
