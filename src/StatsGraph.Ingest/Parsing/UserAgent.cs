using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>What a user agent tells.</summary>
/// <param name="text">The user agent; null when missing.</param>
/// <param name="player">Name of the player; null when it tells none.</param>
/// <param name="isRelay">Another streaming server.</param>
/// <param name="isBot">A monitor, crawler or script; never when it is a relay.</param>
internal sealed class UserAgent(string? text, string? player, bool isRelay, bool isBot)
{
    /// <summary>The user agent; null when missing.</summary>
    public string? Text => text;

    /// <summary>Name of the player; null when it tells none.</summary>
    public string? Player => player;

    /// <summary>Another streaming server.</summary>
    public bool IsRelay => isRelay;

    /// <summary>A monitor, crawler or script; never when it is a relay.</summary>
    public bool IsBot => isBot;

    /// <summary>The user agent in UTF-8; nothing when missing.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(text ?? "");
}
