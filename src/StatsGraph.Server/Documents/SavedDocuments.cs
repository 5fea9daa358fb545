using Microsoft.Extensions.Logging;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Documents;

/// <summary>
/// The saved documents, by name and by hash. Those of the program are read once; the configured folder is looked at again when somebody asks,
/// at most once a second, so that adding a file to it is enough. A file in it takes the place of the program's of the same name, also one that is
/// left out: figures of another document than the one meant would be worse than none. Safe for any number of requests at once.
/// </summary>
internal sealed class SavedDocuments
{
    /// <summary>Folder of the saved documents beside the program.</summary>
    private static readonly string ProgramFolder = Path.Combine(AppContext.BaseDirectory, "queries");

    private const string HashPrefix = "sha256:";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly DocumentFolder shipped;
    private readonly DocumentFolder? configured;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private volatile Index index;
    private long looked;

    /// <summary>Reads all documents.</summary>
    /// <param name="shipped">The program's own.</param>
    /// <param name="configured">Those of the configured folder; null where there is none.</param>
    /// <param name="clock">Says when to look again.</param>
    public SavedDocuments(DocumentFolder shipped, DocumentFolder? configured, TimeProvider clock)
    {
        (this.shipped, this.configured, this.clock) = (shipped, configured, clock);
        shipped.Refresh();
        configured?.Refresh();
        looked = clock.GetTimestamp();
        index = Build();
    }

    /// <summary>Reads the documents of a server.</summary>
    /// <param name="options">Names the configured folder, and what documents may ask for.</param>
    /// <param name="logger">Is told which files are left out, and why.</param>
    public static SavedDocuments Of(ServerOptions options, ILogger logger)
    {
        var check = new DocumentCheck(options.Limits);
        DocumentFolder Folder(string path) => new(path, check, options.Limits.MaximumBytes, logger);
        return new SavedDocuments(Folder(ProgramFolder), options.QueriesFolder is { } path ? Folder(path) : null, TimeProvider.System);
    }

    /// <summary>Names of all documents, in order.</summary>
    public IEnumerable<string> Names => Current().ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The document of a name, or of a hash with or without <c>sha256:</c> before it; null where there is none.</summary>
    public SavedDocument? Find(string id)
        => Current() is var now && now.ByName.TryGetValue(id, out var named) ? named
            : now.ByHash.GetValueOrDefault(id.StartsWith(HashPrefix, StringComparison.Ordinal) ? id[HashPrefix.Length..] : id);

    /// <summary>The name of the document that is exactly this text; null where there is none.</summary>
    public string? NameOf(string text) => Current().NameByText.GetValueOrDefault(text);

    private Index Current()
    {
        if (configured is null)
        {
            return index;
        }

        lock (gate)
        {
            if (clock.GetElapsedTime(looked) >= BetweenLooks)
            {
                looked = clock.GetTimestamp();
                if (configured.Refresh())
                {
                    index = Build();
                }
            }

            return index;
        }
    }

    private Index Build()
    {
        var files = shipped.Documents.ToDictionary(file => file.Name, file => file.Document, StringComparer.Ordinal);
        foreach (var (name, document) in configured?.Documents ?? [])
        {
            files[name] = document;
        }

        List<SavedDocument> all = [.. files.Values.OfType<SavedDocument>()];
        return new Index(
            all.ToDictionary(document => document.Name, StringComparer.Ordinal),
            all.DistinctBy(document => document.Hash).ToDictionary(document => document.Hash, StringComparer.Ordinal),
            all.DistinctBy(document => document.Text).ToDictionary(document => document.Text, document => document.Name, StringComparer.Ordinal));
    }

    private sealed record Index(
        IReadOnlyDictionary<string, SavedDocument> ByName,
        IReadOnlyDictionary<string, SavedDocument> ByHash,
        IReadOnlyDictionary<string, string> NameByText);
}
