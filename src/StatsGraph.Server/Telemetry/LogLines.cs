using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace StatsGraph.Server.Telemetry;

/// <summary>Writes each message of the log in one line, with the id of the request that it is about.</summary>
/// <param name="format">How the line looks.</param>
/// <param name="clock">Dates the line.</param>
public sealed class LogLines(LogFormat format, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name of the formatter.</summary>
    public const string FormatterName = "statsgraph";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine(format == LogFormat.Json
            ? Json(
                clock.GetUtcNow(), logEntry.LogLevel, logEntry.Category, message, RequestId.Current, logEntry.State as IEnumerable<KeyValuePair<string, object?>>,
                logEntry.Exception)
            : Text(logEntry.LogLevel, logEntry.Category, message, RequestId.Current, logEntry.Exception));
    }

    /// <summary>A line for people; line breaks become blanks.</summary>
    public static string Text(LogLevel level, string category, string message, string? requestId, Exception? exception)
    {
        var request = requestId is null ? "" : $" [{requestId}]";
        return OneLine($"{LevelName(level)}: {category}{request} {message}{(exception is null ? "" : $" {exception}")}");
    }

    /// <summary>One JSON object.</summary>
    /// <param name="time">When.</param>
    /// <param name="level">How important.</param>
    /// <param name="category">Which part of the program tells it.</param>
    /// <param name="message">The message.</param>
    /// <param name="requestId">The request that it is about; null where it is about none.</param>
    /// <param name="values">What stands in the message, by name.</param>
    /// <param name="exception">What went wrong.</param>
    public static string Json(
        DateTimeOffset time, LogLevel level, string category, string message, string? requestId = null,
        IEnumerable<KeyValuePair<string, object?>>? values = null, Exception? exception = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("level", LevelName(level));
            json.WriteString("category", category);
            if (requestId is not null)
            {
                json.WriteString("requestId", requestId);
            }

            json.WriteString("message", message);
            WriteValues(json, values);
            if (exception is not null)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        var named = values?.Where(value => value.Key != "{OriginalFormat}").ToList() ?? [];
        if (named.Count == 0)
        {
            return;
        }

        json.WriteStartObject("values");
        foreach (var (name, value) in named)
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case int or long:
                    json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumberValue(Math.Round(number, digits: 3));
                    break;
                default:
                    json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
