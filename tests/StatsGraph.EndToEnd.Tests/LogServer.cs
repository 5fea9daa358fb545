using System.Text;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Writes an access log line by line as a server does: it appends to the file that it has open until it is told to open its log anew.</summary>
internal sealed class LogServer : IDisposable
{
    private readonly string path;
    private readonly int pace;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task writing;
    private FileStream log;
    private int lines;

    /// <param name="path">Its log.</param>
    /// <param name="pace">Lines a second, about.</param>
    public LogServer(string path, int pace)
    {
        (this.path, this.pace) = (path, pace);
        log = Open();
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Lines written so far.</summary>
    public int Lines
    {
        get
        {
            lock (gate)
            {
                return lines;
            }
        }
    }

    /// <summary>Does something while no line is being written.</summary>
    public void Meanwhile(Action action)
    {
        lock (gate)
        {
            action();
        }
    }

    /// <summary>Opens its log anew.</summary>
    public void Reopen()
    {
        lock (gate)
        {
            log.Dispose();
            log = Open();
        }
    }

    /// <summary>Writes no more.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await writing;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        log.Dispose();
        stop.Dispose();
    }

    private FileStream Open() => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private async Task WriteAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / pace));
        while (!stop.IsCancellationRequested)
        {
            lock (gate)
            {
                log.Seek(0, SeekOrigin.End);
                log.Write(Encoding.ASCII.GetBytes(SomeLog.Session(lines++, secondsApart: 1)));
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
