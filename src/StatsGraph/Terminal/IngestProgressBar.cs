using Spectre.Console;
using StatsGraph.Ingest;

namespace StatsGraph.Terminal;

/// <summary>Shows on a terminal how far an ingest is: share of the bytes, time left, and as much of the figures as the line has room for.</summary>
internal sealed class IngestProgressBar : IProgress<IngestProgress>
{
    private const int WideTerminal = 100;

    /// <summary>Columns of the share and the time left, with a blank behind each, and of the blank behind the bar.</summary>
    private const int FixedColumns = 16;

    private readonly ProgressTask task;
    private readonly int room;

    private IngestProgressBar(ProgressTask task, int room) => (this.task, this.room) = (task, room);

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
        var width = console.Profile.Width;
        var bar = new ProgressBarColumn { Width = width >= WideTerminal ? 24 : 10 };
        return console.Progress()
            .AutoClear(true)
            .Columns(bar, new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work(new IngestProgressBar(context.AddTask("reading", maxValue: 1), width - bar.Width.Value - FixedColumns)));
    }

    /// <inheritdoc/>
    public void Report(IngestProgress value)
    {
        task.IsIndeterminate = value.BytesTotal is null;
        task.MaxValue = Math.Max(1, value.BytesTotal ?? 1);
        task.Value = value.BytesTotal is null ? 0 : value.BytesRead;
        task.Description = Markup.Escape(ProgressText.Of(value, task.ElapsedTime ?? TimeSpan.Zero, room));
    }
}
