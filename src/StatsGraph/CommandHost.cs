using System.Collections;

namespace StatsGraph;

/// <summary>What the command has from the process it runs in: streams, environment, working folder and clock.</summary>
internal sealed record CommandHost
{
    /// <summary>Results, and nothing else, so that pipes work.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Errors, hints and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Opens standard output for results that are no text; nothing may be left in <see cref="Output"/>.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Whether progress may be drawn on <see cref="Error"/>: it is a terminal and nobody asked for plain text.</summary>
    public required bool DrawsProgress { get; init; }

    /// <summary>Environment variables by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute path of the folder that relative paths start from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Tells what "today" is.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>
    /// The path as it was given where that means the same to the process, because messages name it. An empty path stays one, for others to
    /// complain of: it does not stand for the working folder.
    /// </summary>
    public string Located(string path)
        => path.Length == 0 || WorkingFolder == Directory.GetCurrentDirectory() ? path : Path.GetFullPath(path, WorkingFolder);

    /// <summary>The real streams, environment and clock.</summary>
    public static CommandHost OfThisProcess()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        return new CommandHost
        {
            Output = Console.Out,
            Error = Console.Error,
            OpenInput = Console.OpenStandardInput,
            DrawsProgress = !Console.IsErrorRedirected
                && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
                && environment.GetValueOrDefault("TERM") != "dumb",
            Environment = environment,
            WorkingFolder = Directory.GetCurrentDirectory(),
            Clock = TimeProvider.System,
        };
    }
}
