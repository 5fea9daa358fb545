using Microsoft.Extensions.Logging;

namespace StatsGraph.Terminal;

/// <summary>The log of a verb that runs no server: each warning and error is one line on standard error, with its cause and no stack.</summary>
internal sealed class ErrorLog(TextWriter error) : ILogger
{
    private readonly Lock writing = new();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        lock (writing)
        {
            error.WriteLine(ErrorLine.Of(exception is null ? message : $"{message}: {exception.Message}"));
        }
    }
}
