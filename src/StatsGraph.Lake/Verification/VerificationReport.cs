namespace StatsGraph.Lake.Verification;

/// <summary>What a verification found.</summary>
public sealed record VerificationReport
{
    /// <summary>Delta version of the lake; -1 while it is empty or where its log cannot be read.</summary>
    public required long Version { get; init; }

    /// <summary>Commits that the log has files of.</summary>
    public required int Commits { get; init; }

    /// <summary>Checkpoints that the log has files of.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>Live data files that were checked.</summary>
    public required int Files { get; init; }

    /// <summary>Lines that the log says they hold.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes that the log says they have.</summary>
    public required long Bytes { get; init; }

    /// <summary>What is wrong or worth a look, in the order it was found: the log, the key, the data files, what lies beside them.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether nothing is damaged.</summary>
    public bool IsSound => Findings.All(finding => finding.Severity != Severity.Damage);
}

/// <summary>Something that a verification found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">Absolute path.</param>
/// <param name="Message">What is wrong and what was expected, in one line that does not repeat the path.</param>
public sealed record Finding(Severity Severity, string File, string Message);

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>It does no harm and counts nowhere.</summary>
    Warning,

    /// <summary>The lake is not what it was written as.</summary>
    Damage,
}
