using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Recognises logs of another kind that were given by mistake: no line is an access record, and most are of one other format.</summary>
internal static class ForeignLog
{
    private static readonly (RejectReason Reason, string Kind)[] Formats =
    [
        (RejectReason.ErrorLog, "an Icecast error.log"),
        (RejectReason.PlaylistLog, "an Icecast playlist.log"),
        (RejectReason.W3cFormat, "a log in W3C format"),
        (RejectReason.SyslogPrefix, "a log behind syslog headers"),
        (RejectReason.EscapedFormat, "a log in the escaped format of icecast-kh"),
    ];

    /// <summary>What a log looks like instead of an access log, as a message; null when it is none of these.</summary>
    public static string? Describe(Source source)
    {
        if (source.Accepted > 0 || source.KnownLines > 0)
            return null;
        foreach (var (reason, kind) in Formats)
        {
            if (IsMost(source.RejectedFor(reason), source))
                return $"looks like {kind}, not an access log: {Lines(source.Rejected)}";
        }

        return IsMost(source.Combined, source)
            ? $"looks like a combined log without durations, which tells no listening time: {Lines(source.Rejected)}" : null;
    }

    private static bool IsMost(long lines, Source source) => lines * 2 > source.Rejected;

    private static string Lines(long count)
        => count == 1 ? "its only line is no access record" : $"none of its {count} lines is an access record";
}
