using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What the rows of a block have numbers of. Lines with equal fields have equal numbers.</summary>
internal readonly record struct LineFacts(FactList<MountPath> Paths, FactList<UserAgent> UserAgents, FactList<Referrer> Referrers);

/// <summary>Where a listener came from.</summary>
/// <param name="host">Host of the referring page; null for direct listening.</param>
internal sealed class Referrer(string? host)
{
    /// <summary>Host of the referring page; null for direct listening.</summary>
    public string? Host => host;
}

/// <summary>Reads the fields of lines, each distinct one once. Not safe for use by several threads at once.</summary>
internal sealed class LineFactReader(UserAgentRules rules)
{
    private readonly FactCache<MountPath> paths = new(MountPath.FromTarget);
    private readonly FactCache<Referrer> referrers = new(field => new Referrer(ReferrerHost.Of(field)));
    private readonly FactCache<UserAgent> userAgents = new(rules.Read);

    /// <summary>Bytes of the distinct paths, referrers and user agents that were read so far.</summary>
    public long BytesRead => paths.BytesRead + referrers.BytesRead + userAgents.BytesRead;

    /// <summary>Begins a block of lines, whose facts have numbers in the result.</summary>
    public LineFacts Begin()
    {
        paths.StartAnewIfFull();
        userAgents.StartAnewIfFull();
        referrers.StartAnewIfFull();
        return new LineFacts(paths.Facts, userAgents.Facts, referrers.Facts);
    }

    /// <summary>Reads path, user agent and referrer of a record into its row.</summary>
    [MethodImpl(PerLine.Code)]
    public void Read(in AccessRecord record, ref LineRow row)
    {
        row.Path = paths.NumberOf(MountPath.WithoutQuery(record.Target));
        row.UserAgent = userAgents.NumberOf(record.UserAgent);
        row.Referrer = referrers.NumberOf(record.Referrer);
    }
}
