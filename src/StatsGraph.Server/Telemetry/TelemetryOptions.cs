namespace StatsGraph.Server.Telemetry;

/// <summary>What the server tells of itself, and to whom.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Whether metrics are counted, and shown at <c>/metrics</c>.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>
    /// Where traces and metrics are sent to by OTLP, such as <c>http://127.0.0.1:4317</c>; null for nowhere. How, is said by the standard variables
    /// <c>OTEL_*</c>.
    /// </summary>
    public Uri? Otlp { get; init; }

    /// <summary>From how long on a computed answer is told in the log; null for never.</summary>
    public TimeSpan? SlowQuery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How a line of the log looks, on standard error.</summary>
    public LogFormat LogFormat { get; init; }
}

/// <summary>How a line of the log looks.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,
}
