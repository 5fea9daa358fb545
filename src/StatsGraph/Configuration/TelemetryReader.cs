using Microsoft.Extensions.Logging;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Configuration;

/// <summary>Reads what the server tells of itself: <c>Server:Telemetry</c>, <c>Server:Logging</c> and <c>Server:SlowQuery</c>.</summary>
internal static class TelemetryReader
{
    /// <summary>Name of the section of metrics and traces.</summary>
    public const string TelemetrySection = "Telemetry";

    /// <summary>Name of the section of the log.</summary>
    public const string LoggingSection = "Logging";

    /// <summary>Name of the setting of slow queries.</summary>
    public const string SlowQuery = "SlowQuery";

    /// <summary>Settings of metrics and traces.</summary>
    public static readonly IReadOnlyList<string> TelemetryKeys = ["Metrics", "Otlp"];

    /// <summary>Settings of the log.</summary>
    public static readonly IReadOnlyList<string> LoggingKeys = ["Format", "Level"];

    private const string Off = "off";

    private static readonly IReadOnlyDictionary<string, LogFormat> Formats =
        new Dictionary<string, LogFormat>(StringComparer.OrdinalIgnoreCase) { ["text"] = LogFormat.Text, ["json"] = LogFormat.Json };

    private static readonly IReadOnlyDictionary<string, LogLevel> Levels = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase)
    {
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    /// <summary>Reads and checks all but the level of the log.</summary>
    /// <param name="server">The section <c>Server</c>.</param>
    /// <exception cref="CommandException">A setting is unknown or wrong; the message names it.</exception>
    public static TelemetryOptions Read(SettingsSection server)
    {
        var telemetry = server.Section(TelemetrySection);
        telemetry.ThrowIfUnknownKeys(TelemetryKeys);
        var logging = server.Section(LoggingSection);
        logging.ThrowIfUnknownKeys(LoggingKeys);
        return new TelemetryOptions
        {
            Metrics = telemetry.Flag("Metrics", fallback: true),
            Otlp = ReadOtlp(telemetry),
            SlowQuery = ReadSlowQuery(server),
            LogFormat = OneOf(logging, "Format", Formats, LogFormat.Text),
        };
    }

    /// <summary>Reads the least important messages that are logged.</summary>
    /// <exception cref="CommandException">The setting is wrong; the message names it.</exception>
    public static LogLevel ReadLevel(SettingsSection server) => OneOf(server.Section(LoggingSection), "Level", Levels, LogLevel.Warning);

    private static Uri? ReadOtlp(SettingsSection telemetry)
        => telemetry.Text("Otlp") is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
                && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)
                && endpoint.UserInfo.Length == 0 ? endpoint
            : throw telemetry.Wrong("Otlp", "is no address of a collector; expected one such as http://127.0.0.1:4317");

    private static TimeSpan? ReadSlowQuery(SettingsSection server)
        => server.Text(SlowQuery) is not { } text ? new TelemetryOptions().SlowQuery
            : text.Equals(Off, StringComparison.OrdinalIgnoreCase) ? null
            : LengthOfTime.TryParse(text, TimeSpan.Zero, out var threshold) ? threshold
            : throw server.Wrong(SlowQuery, $"'{text}' is no time from 0s to 1h and not 'off'; expected one such as 500ms, 5s or 2m");

    private static T OneOf<T>(SettingsSection section, string key, IReadOnlyDictionary<string, T> known, T fallback)
        => section.Text(key) is not { } text ? fallback
            : known.TryGetValue(text, out var value) ? value
            : throw section.Wrong(key, $"'{text}' is none of {string.Join(", ", known.Keys)}");
}
