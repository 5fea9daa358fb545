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

    /// <summary>What the object tells of rows of playlists; null where it tells nothing of them.</summary>
    /// <param name="summary">The object.</param>
    /// <param name="examples">Rejected rows, which the object does not tell.</param>
    /// <exception cref="InvalidOperationException">It is no such object: a member is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">Likewise: a member is missing.</exception>
    /// <exception cref="FormatException">Likewise: a number is none.</exception>
    internal static PlaySummary? ReadPlays(JsonElement summary, IReadOnlyList<RejectionExample> examples)
        => !summary.TryGetProperty("plays", out var plays) ? null : new PlaySummary
        {
            Files = plays.GetProperty("files").GetInt32(),
            Rows = plays.GetProperty("rows").GetInt64(),
            AlreadyIngested = plays.GetProperty("alreadyIngested").GetInt64(),
            Plays = plays.GetProperty("plays").GetInt64(),
            Breaks = plays.GetProperty("breaks").GetInt64(),
            Rejected = plays.GetProperty("rejected").GetInt64(),
            Rejections = plays.GetProperty("rejections").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64()),
            TwiceOnTheClock = plays.GetProperty("twiceOnTheClock").GetInt64(),
            NeverOnTheClock = plays.GetProperty("neverOnTheClock").GetInt64(),
            Waiting = plays.GetProperty("waiting").GetInt64(),
            Examples = examples,
        };

    /// <summary>What the object warns of.</summary>
    /// <exception cref="InvalidOperationException">As from <see cref="ReadPlays"/>.</exception>
    /// <exception cref="KeyNotFoundException">Likewise.</exception>
    internal static IEnumerable<IngestWarning> ReadWarnings(JsonElement summary) => summary.GetProperty("warnings").EnumerateArray()
        .Select(warning => new IngestWarning(warning.GetProperty("code").GetString()!, warning.GetProperty("message").GetString()!));

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
