using System.Globalization;
using Spectre.Console;
using StatsGraph.Ingest;

namespace StatsGraph.Terminal;

/// <summary>Shows on a terminal how far an ingest is: bytes of all, time left, lines, lines a second, rejected lines.</summary>
internal sealed class IngestProgressBar : IProgress<IngestProgress>
{
    private readonly ProgressTask task;

    private IngestProgressBar(ProgressTask task) => this.task = task;

    /// <summary>Draws the bar while the work runs, and clears it at the end.</summary>
    public static IngestSummary Show(TextWriter terminal, Func<IProgress<IngestProgress>, IngestSummary> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // Spectre looks at standard output, which may well be a pipe while standard error is the terminal.
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(terminal),
        });
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn())
            .Start(context => work(new IngestProgressBar(context.AddTask("reading", maxValue: 1))));
    }

    /// <inheritdoc/>
    public void Report(IngestProgress value)
    {
        task.IsIndeterminate = value.BytesTotal is null;
        task.MaxValue = Math.Max(1, value.BytesTotal ?? 1);
        task.Value = value.BytesTotal is null ? 0 : value.BytesRead;
        var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
        var speed = seconds > 0 ? value.Lines / seconds : 0;
        task.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Lines:N0} lines, {speed:N0} lines/s, {value.Rejected:N0} rejected, {Markup.Escape(Path.GetFileName(value.Log))}");
    }
}
