using Microsoft.Extensions.Logging;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Documents;

/// <summary>
/// The documents of a folder: each file <c>NAME.graphql</c> in it. A file is read again when its time or its length changed, and one that is no
/// document is told once in the log for each state of it. Not safe for several threads at once.
/// </summary>
/// <param name="path">The folder; one that is not there holds nothing.</param>
/// <param name="check">Tells whether a text can be executed.</param>
/// <param name="maximumBytes">Longest file that is read.</param>
/// <param name="logger">Is told which files are left out, and why.</param>
internal sealed partial class DocumentFolder(string path, DocumentCheck check, int maximumBytes, ILogger logger)
{
    private const string Ending = ".graphql";

    private Dictionary<FileState, SavedDocument?> files = [];

    /// <summary>Names of all files, each with its document, or null for one that is left out.</summary>
    public IEnumerable<(string Name, SavedDocument? Document)> Documents => files.Select(file => (file.Key.Name, file.Value));

    /// <summary>Looks at the folder; true when it differs from what was there before.</summary>
    public bool Refresh()
    {
        var states = States();
        if (states.Count == files.Count && states.TrueForAll(files.ContainsKey))
        {
            return false;
        }

        files = states.ToDictionary(state => state, state => files.TryGetValue(state, out var known) ? known : Load(state));
        return true;
    }

    private List<FileState> States()
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFiles("*" + Ending)
                .Where(file => file.Name.EndsWith(Ending, StringComparison.Ordinal))
                .Select(file => new FileState(file.Name[..^Ending.Length], file.LastWriteTimeUtc, file.Length))
                .OrderBy(state => state.Name, StringComparer.Ordinal)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private SavedDocument? Load(FileState state)
    {
        var file = Path.Combine(path, state.Name + Ending);
        try
        {
            if (state.Length > maximumBytes)
            {
                LogLeftOut(file, FormattableString.Invariant($"It is longer than {maximumBytes} bytes."));
                return null;
            }

            var text = File.ReadAllText(file);
            if (check.Fault(text, out var document) is not { } fault)
            {
                return new SavedDocument(state.Name, text, SavedOperation.Of(document!));
            }

            LogLeftOut(file, fault);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            LogLeftOut(file, unreadable.Message);
        }

        return null;
    }

    [LoggerMessage(3, LogLevel.Warning, "The saved document {File} is left out: {Reason}")]
    private partial void LogLeftOut(string file, string reason);

    private readonly record struct FileState(string Name, DateTime Changed, long Length);
}
