using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>What a user agent tells.</summary>
/// <param name="Text">The user agent; null when missing.</param>
/// <param name="Player">Name of the player; null when it tells none.</param>
/// <param name="IsRelay">Another streaming server.</param>
/// <param name="IsBot">A monitor, crawler or script; never when it is a relay.</param>
internal sealed record UserAgent(string? Text, string? Player, bool IsRelay, bool IsBot)
{
    /// <summary>The user agent in UTF-8; nothing when missing.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(Text ?? "");
}
