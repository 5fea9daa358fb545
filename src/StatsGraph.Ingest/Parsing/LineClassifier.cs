using System.Runtime.CompilerServices;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Parsing;

/// <summary>Decides what an access record is: the first rule that fits, by the record and the configuration alone.</summary>
internal sealed class LineClassifier
{
    /// <summary>An answer of fewer bytes to a range request is a player's first look.</summary>
    private const ulong ProbeBytes = 1024;

    /// <summary>From this duration on, in seconds, a listener must have been sent something.</summary>
    private const ulong SuspectAfter = 60;

    /// <summary>Bytes a second that the lowest stream delivers.</summary>
    private const ulong LowestRate = 100;

    private readonly ulong ceiling;

    /// <summary>Prepares the rules of a site.</summary>
    /// <exception cref="IngestException">A rule is no valid one.</exception>
    public LineClassifier(ClassificationRules rules)
    {
        if (rules.DurationCeiling < TimeSpan.Zero)
            throw new IngestException($"the duration ceiling is {rules.DurationCeiling}; expected no negative time");
        ceiling = (ulong)(rules.DurationCeiling.Ticks / TimeSpan.TicksPerSecond);
        UserAgents = new UserAgentRules(rules);
    }

    /// <summary>The rules on user agents.</summary>
    public UserAgentRules UserAgents { get; }

    /// <summary>The class of a record whose target and user agent are read already.</summary>
    [MethodImpl(PerLine.Code)]
    public LineClass Classify(in AccessRecord record, MountPath path, UserAgent userAgent)
    {
        if (record.Method.SequenceEqual("SOURCE"u8) || record.Method.SequenceEqual("PUT"u8))
            return LineClass.Source;
        if (record.Method.SequenceEqual("STATS"u8) || path.IsAdmin)
            return LineClass.Admin;
        if (record.Status >= 300)
            return LineClass.Error;
        if (!record.Method.SequenceEqual("GET"u8) || record.Status is not (200 or 206) || path.IsStaticFile
            || (path.IsRoot && record.Duration == 0))
            return LineClass.NonStream;
        if (record.Status == 206 && record.Duration == 0)
            return record.Bytes < ProbeBytes ? LineClass.Probe : LineClass.NonStream;
        if (IsSuspect(record))
            return LineClass.Suspect;
        return userAgent.IsRelay ? LineClass.Relay : userAgent.IsBot ? LineClass.Bot : LineClass.Listener;
    }

    /// <summary>Whether a duration is longer than any that can be true.</summary>
    public bool IsAboveCeiling(ulong duration) => duration > ceiling;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSuspect(in AccessRecord record)
        => IsAboveCeiling(record.Duration)
            || (record.Duration >= SuspectAfter && record.Bytes < (UInt128)record.Duration * LowestRate);
}
