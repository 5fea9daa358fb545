using System.Text.Json;
using StatsGraph.Ingest;
using StatsGraph.Lake;

namespace StatsGraph.Terminal;

/// <summary>The summary of an ingest as one JSON object for scripts.</summary>
internal static class IngestSummaryJson
{
    /// <summary>The object and a newline. Every class is there, also one without lines.</summary>
    public static string Print(IngestSummary summary) => IndentedJson.Print(json => Write(json, summary));

    private static void Write(Utf8JsonWriter json, IngestSummary summary)
    {
        var seconds = summary.Elapsed.TotalSeconds;
        json.WriteStartObject();
        json.WriteString("site", summary.Site);
        if (summary.IsDryRun)
        {
            json.WriteBoolean("dryRun", true);
        }

        json.WriteNumber("files", summary.Files);
        json.WriteNumber("lines", summary.Lines);
        json.WriteNumber("blank", summary.Blank);
        json.WriteNumber("alreadyIngested", summary.AlreadyIngested);
        json.WriteStartObject("classes");
        foreach (var lineClass in Enum.GetValues<LineClass>().Where(lineClass => lineClass != LineClass.Blank))
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(lineClass.ToString()), summary.Classes.GetValueOrDefault(lineClass));
        }

        json.WriteEndObject();
        json.WriteStartObject("rejections");
        foreach (var (reason, lines) in summary.Rejections)
        {
            json.WriteNumber(reason, lines);
        }

        json.WriteEndObject();
        json.WriteNumber("waiting", summary.Waiting);
        json.WriteNumber("elapsedSeconds", Math.Round(seconds, 3));
        json.WriteNumber("linesPerSecond", seconds > 0 ? (long)Math.Round(summary.Lines / seconds) : 0);
        WritePlays(json, summary.Plays);
        WriteWarnings(json, summary.Warnings);
        json.WriteEndObject();
    }

    /// <summary>There where a playlist was read.</summary>
    private static void WritePlays(Utf8JsonWriter json, PlaySummary? plays)
    {
        if (plays is null)
        {
            return;
        }

        json.WriteStartObject("plays");
        json.WriteNumber("files", plays.Files);
        json.WriteNumber("rows", plays.Rows);
        json.WriteNumber("alreadyIngested", plays.AlreadyIngested);
        json.WriteNumber("plays", plays.Plays);
        json.WriteNumber("breaks", plays.Breaks);
        json.WriteNumber("rejected", plays.Rejected);
        json.WriteStartObject("rejections");
        foreach (var (reason, rows) in plays.Rejections)
        {
            json.WriteNumber(reason, rows);
        }

        json.WriteEndObject();
        json.WriteNumber("twiceOnTheClock", plays.TwiceOnTheClock);
        json.WriteNumber("neverOnTheClock", plays.NeverOnTheClock);
        json.WriteNumber("waiting", plays.Waiting);
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<IngestWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
