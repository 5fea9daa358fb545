using System.Security.Cryptography;
using NodaTime;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>An answer as it goes over the wire.</summary>
/// <param name="Outcome">How far the request got.</param>
/// <param name="HasErrors">Whether it has errors, beside data or instead of it.</param>
/// <param name="Json">The response.</param>
internal sealed record Answer(GraphQLOutcome Outcome, bool HasErrors, byte[] Json)
{
    private const int TagBytes = 12;

    private readonly Lazy<byte[]> frame = new(() => [.. "event: next\ndata: "u8, .. Json, .. "\n\n"u8]);
    private readonly Lazy<string> digest = new(() => Convert.ToHexStringLower(SHA256.HashData(Json).AsSpan(0, TagBytes)));

    /// <summary>Codes of its errors.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Version of the lake that it speaks of.</summary>
    public long Version { get; init; }

    /// <summary>Version of the table of plays that it speaks of.</summary>
    public long PlaysVersion { get; init; }

    /// <summary>What was taken for now.</summary>
    public Instant From { get; init; } = Instant.MinValue;

    /// <summary>From when on another answer may be true of the same version.</summary>
    public Instant Until { get; init; } = Instant.MaxValue;

    /// <summary>Whether it says that there is no such site, and so that there is nothing to subscribe to.</summary>
    public bool IsOfNoSite { get; init; }

    /// <summary>Whether the server failed, and knows nothing of any version.</summary>
    public bool IsFailed => Outcome == GraphQLOutcome.Failed;

    /// <summary>Whether it tells how it was computed or what it costs, which nobody else asked for.</summary>
    public bool IsAnnotated { get; init; }

    /// <summary>How long the one has to wait who asked for it, and has had too much already; null for an answer of any other kind.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it is what anybody who asks the same may be told: it has data, no errors, and no remarks on how it came about.</summary>
    public bool IsWhole => Outcome == GraphQLOutcome.Executed && !HasErrors && !IsAnnotated;

    /// <summary>It as an event that is alone on its stream: made once for all who are told it. The JSON has no line breaks.</summary>
    public ReadOnlyMemory<byte> Event => frame.Value;

    /// <summary>Its entity tag, quotes included: it is of these bytes, under this media type.</summary>
    public string Tag(AnswerType type) => $"\"{digest.Value}{(type == AnswerType.Json ? "j" : "g")}\"";
}
