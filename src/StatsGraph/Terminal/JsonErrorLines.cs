using System.Text;
using Microsoft.Extensions.Logging;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Terminal;

/// <summary>Writes each line of <see cref="ErrorLine"/> as the log of the server writes its own where it is JSON. Takes whole lines only.</summary>
/// <param name="inner">Takes the JSON.</param>
/// <param name="clock">Dates the lines.</param>
internal sealed class JsonErrorLines(TextWriter inner, TimeProvider clock) : TextWriter
{
    private const string Category = "StatsGraph";

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        var line = LogLines.Json(clock.GetUtcNow(), LogLevel.Warning, Category, ErrorLine.MessageOf(value ?? ""));
        lock (inner)
            inner.WriteLine(line);
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
