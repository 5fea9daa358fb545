using Microsoft.Extensions.Logging;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>A data folder of its own for tokens, with a clock that the test moves, and what the server is told of them.</summary>
public sealed class SomeTokens : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("statsgraph-test-");

    public SomeTokens() => Folder = new TokenFolder(data.FullName, Clock);

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public TokenFolder Folder { get; }

    /// <summary>The data folder.</summary>
    public string Data => data.FullName;

    /// <summary>What was logged.</summary>
    internal LogLines Log { get; } = new();

    /// <summary>The tokens as a server sees them.</summary>
    internal Tokens Open() => new(Folder, token => Caller.Holder(token, SiteSet.None), Clock, Log);

    /// <summary>Path of a token's file.</summary>
    public string FileOf(string token) => Path.Combine(data.FullName, "tokens", token.Split('_')[1] + ".json");

    public void Dispose() => data.Delete(recursive: true);
}

/// <summary>A log that a test reads.</summary>
internal sealed class LogLines : List<string>, ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (this)
            Add(formatter(state, exception));
    }
}
