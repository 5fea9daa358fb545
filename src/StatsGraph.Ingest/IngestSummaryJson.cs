using System.Text.Json;
using StatsGraph.Lake;

namespace StatsGraph.Ingest;

/// <summary>The summary of an ingest as one JSON object for scripts: what the command prints and what the server answers.</summary>
public static class IngestSummaryJson
{
    /// <summary>Writes the object. Every class is there, also one without lines.</summary>
    public static void Write(Utf8JsonWriter json, IngestSummary summary)
    {
        json.WriteStartObject();
        WriteMembers(json, summary);
        json.WriteEndObject();
    }

    /// <summary>Writes what is in the object, for one who adds to it.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, IngestSummary summary)
    {
        var seconds = summary.Elapsed.TotalSeconds;
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
            json.WriteNumber(NameOf(lineClass), summary.Classes.GetValueOrDefault(lineClass));
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

    /// <summary>How a class is called in the object.</summary>
    internal static string NameOf(LineClass lineClass) => JsonNamingPolicy.CamelCase.ConvertName(lineClass.ToString());

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
