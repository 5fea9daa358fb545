namespace StatsGraph.Ingest.Uploads;

/// <summary>
/// The protocol of <c>/ingest/SITE</c>. A POST whose body is a log, plain or compressed, needs none of these headers. One who sends a growing log in
/// parts asks first how far the server knows it: a GET that names the log is answered <c>{"length": N}</c>, one that also proves its first N
/// bytes <c>{"known": true}</c> or <c>false</c>. Then each part is a POST, which says what stands before it; the answer is the summary of the
/// part. Parts may come twice, or from two senders at once, and each adds what is not there. How far a log is known is remembered with the
/// commit of the part's last lines; where the part does not begin where the known bytes end, nothing is remembered and nothing is lost.
/// </summary>
public static class UploadHeaders
{
    /// <summary>Names the log: <see cref="UploadPart.Log"/>.</summary>
    public const string Log = "StatsGraph-Log";

    /// <summary>Bytes of the log before the part, or in a GET bytes that are proved: <see cref="UploadPart.Offset"/>.</summary>
    public const string Offset = "StatsGraph-Offset";

    /// <summary>Proves them: <see cref="UploadPart.Before"/>.</summary>
    public const string Before = "StatsGraph-Before";

    /// <summary><see cref="UploadPart.Length"/>.</summary>
    public const string Length = "StatsGraph-Length";

    /// <summary><see cref="UploadPart.After"/>.</summary>
    public const string After = "StatsGraph-After";

    /// <summary><see cref="UploadPart.RepeatsLength"/>.</summary>
    public const string Repeats = "StatsGraph-Repeats";

    /// <summary><c>1</c> for <see cref="UploadPart.IsCut"/>.</summary>
    public const string Cut = "StatsGraph-Cut";

    /// <summary><c>1</c> for <see cref="Upload.IsPlaylist"/>, with a whole playlist.</summary>
    public const string Plays = "StatsGraph-Plays";

    /// <summary><c>1</c> to compare only: <see cref="Upload.IsDryRun"/>.</summary>
    public const string DryRun = "StatsGraph-Dry-Run";

    /// <summary>Media type of a part.</summary>
    public const string PartType = "application/vnd.statsgraph.log-part";
}
