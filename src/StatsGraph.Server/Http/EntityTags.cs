using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>Entity tags of requests.</summary>
internal static class EntityTags
{
    /// <summary>Whether a client that says <c>If-None-Match</c> has what bears a tag. A header that cannot be read names nothing.</summary>
    /// <param name="header">The header.</param>
    /// <param name="tag">The tag, quotes included.</param>
    public static bool Hold(StringValues header, string tag)
        => header.Count > 0
            && EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.Tag.Equals(tag, StringComparison.Ordinal));
}
