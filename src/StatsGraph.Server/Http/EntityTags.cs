using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>Entity tags of answers, and of requests.</summary>
internal static class EntityTags
{
    private const int Length = 16;

    /// <summary>The tag of bytes, quotes included.</summary>
    public static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, Length))}\"";

    /// <summary>Whether a client that says <c>If-None-Match</c> has what bears a tag. A header that cannot be read names nothing.</summary>
    /// <param name="header">The header.</param>
    /// <param name="tag">The tag, quotes included.</param>
    public static bool Hold(StringValues header, string tag)
        => header.Count > 0
            && EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.Tag.Equals(tag, StringComparison.Ordinal));
}
