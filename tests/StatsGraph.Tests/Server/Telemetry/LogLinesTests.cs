using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StatsGraph.Server.Telemetry;
using StatsGraph.Terminal;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>A message is one line, for people or as JSON.</summary>
public sealed class LogLinesTests
{
    private static readonly StoppedClock Clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(LogFormat.Text, "warn: Some.Category [request-1] Took 12.5 ms, for 3\n")]
    [InlineData(LogFormat.Json, """
        {"time":"2026-11-22T11:00:00Z","level":"warn","category":"Some.Category","requestId":"request-1","message":"Took 12.5 ms, for 3","values":{"Time":12.5,"Count":3,"Name":"a \"b\""}}

        """)]
    public void A_line_has_the_request_and_the_values(LogFormat format, string expected)
    {
        KeyValuePair<string, object?>[] values = [new("Time", 12.5), new("Count", 3), new("Name", "a \"b\""), new("{OriginalFormat}", "Took {Time}")];
        Assert.Equal(expected, Write(format, values, "Took 12.5 ms, for 3", null, "request-1"));
    }

    [Fact]
    public void A_line_of_no_request_has_none()
    {
        Assert.Equal("warn: Some.Category It is so\n", Write(LogFormat.Text, [], "It is so", null, null));
        Assert.Equal(
            """{"time":"2026-11-22T11:00:00Z","level":"warn","category":"Some.Category","message":"It is so"}""" + "\n", Write(LogFormat.Json, [], "It is so", null, null));
    }

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    public void An_exception_of_many_lines_is_in_the_one_line(LogFormat format)
    {
        var text = Write(format, [], "It\nfailed", new InvalidOperationException("one\r\ntwo"), null);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        Assert.Contains("InvalidOperationException: one", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_command_tells_beside_the_server_is_a_line_of_the_same_kind()
    {
        using var written = new StringWriter { NewLine = "\n" };
        await using var lines = new JsonErrorLines(written, Clock);
        lines.WriteLine(ErrorLine.Of("the logs of site radio are not followed"));
        await lines.WriteLineAsync("no prefix");
        Assert.Equal(
            """
            {"time":"2026-11-22T11:00:00Z","level":"warn","category":"StatsGraph","message":"the logs of site radio are not followed"}
            {"time":"2026-11-22T11:00:00Z","level":"warn","category":"StatsGraph","message":"no prefix"}

            """,
            written.ToString());
    }

    private static string Write(LogFormat format, KeyValuePair<string, object?>[] values, string message, Exception? exception, string? requestId)
    {
        using var written = new StringWriter { NewLine = "\n" };
        RequestId.Current = requestId;
        new LogLines(format, Clock).Write(
            new LogEntry<KeyValuePair<string, object?>[]>(LogLevel.Warning, "Some.Category", default, values, exception, (_, _) => message), null, written);
        return written.ToString();
    }
}
