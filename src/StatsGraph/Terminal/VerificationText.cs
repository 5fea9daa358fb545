using System.Globalization;
using System.Text.Json;
using StatsGraph.Lake.Verification;

namespace StatsGraph.Terminal;

/// <summary>What a verification found, for people and for scripts.</summary>
internal static class VerificationText
{
    /// <summary>One line for each table that says whether it is sound and how much was looked at; ends in a newline.</summary>
    /// <param name="report">Of the lines.</param>
    /// <param name="plays">Of the plays; null where there are none.</param>
    /// <param name="dataFolder">The data folder.</param>
    public static string Summary(VerificationReport report, VerificationReport? plays, string dataFolder)
        => Summary(report, dataFolder) + (plays is null ? "" : Summary(plays, "The table of plays", dataFolder));

    private static string Summary(VerificationReport report, string dataFolder)
    {
        if (report is { Version: < 0, Commits: 0, Checkpoints: 0, Findings.Count: 0 })
            return $"{dataFolder} holds no lake yet.\n";
        return Summary(report, "The lake", dataFolder);
    }

    private static string Summary(VerificationReport report, string table, string dataFolder)
    {
        var damages = report.Findings.Count(finding => finding.Severity == Severity.Damage);
        var verdict = report.IsSound ? "is sound" : string.Create(CultureInfo.InvariantCulture, $"is damaged ({Counted(damages, "finding")})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{table} in {dataFolder} {verdict}: version {report.Version}, {Counted(report.Commits, "commit")}, ")
            + $"{Counted(report.Checkpoints, "checkpoint")}, {Counted(report.Files, "data file")}, {Counted(report.Rows, "row")}, {Counted(report.Bytes, "byte")}\n";
    }

    /// <summary>A finding in one line, without a newline.</summary>
    public static string Line(Finding finding)
        => $"{(finding.Severity == Severity.Warning ? "warning: " : "")}{finding.File}: {finding.Message}";

    /// <summary>One JSON object and a newline; what was found of the plays, where there are any, is an object in it.</summary>
    public static string Json(VerificationReport report, VerificationReport? plays) => IndentedJson.Print(json =>
    {
        json.WriteStartObject();
        Write(json, report);
        if (plays is not null)
        {
            json.WriteStartObject("plays");
            Write(json, plays);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, VerificationReport report)
    {
        json.WriteBoolean("sound", report.IsSound);
        json.WriteNumber("version", report.Version);
        json.WriteNumber("commits", report.Commits);
        json.WriteNumber("checkpoints", report.Checkpoints);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(finding.Severity.ToString()));
            json.WriteString("file", finding.File);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Counted(long count, string noun)
        => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
