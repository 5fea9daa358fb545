using StatsGraph.Lake;

namespace StatsGraph.Server.Auth;

/// <summary>
/// The tokens of a data folder: one file <c>tokens/ID.json</c> each, which is changed only by being revoked. Any number of processes and machines
/// may add, revoke and read at once.
/// </summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="clock">Tells when tokens are made and revoked.</param>
public sealed class TokenFolder(string dataFolder, TimeProvider clock)
{
    /// <summary>Longest file that is read, in bytes.</summary>
    private const int LongestFile = 64 * 1024;

    private const string Ending = ".json";

    private readonly string folder = Path.Combine(Path.GetFullPath(dataFolder), DataFolderNames.Tokens);

    /// <summary>Whether a token was ever made, revoked ones included. A folder that cannot be read counts as one that has tokens.</summary>
    public bool HasAny
    {
        get
        {
            try
            {
                return Directory.Exists(folder) && Ids().Any();
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <summary>Whether there is a token that is worth something now.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool HasUsable => List(out _).Any(token => token.IsUsable(clock.GetUtcNow()));

    /// <summary>The id in what looks like a token, without its secret; any other text as it is.</summary>
    public static string IdOf(string text) => text.StartsWith(TokenText.Prefix, StringComparison.Ordinal) ? text.Split('_')[1] : text;

    /// <summary>Makes a token.</summary>
    /// <param name="scope">What it is for.</param>
    /// <param name="sites">Keys of its sites; none for all.</param>
    /// <param name="name">What people call it; null for nothing.</param>
    /// <param name="expires">From when on it is worth nothing; null for never.</param>
    /// <returns>What is kept of it, and its text, which is kept nowhere.</returns>
    /// <exception cref="LakeException">The disk fails.</exception>
    public (TokenRecord Record, string Text) Add(TokenScope scope, IReadOnlyList<string> sites, string? name, DateTimeOffset? expires)
    {
        while (true)
        {
            var text = TokenText.Make();
            var record = new TokenRecord(
                text.Id,
                name,
                scope,
                sites.Count == 0 ? [TokenRecord.AllSites] : [.. sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Now(),
                expires,
                Revoked: null,
                Convert.ToHexStringLower(text.Hash));
            if (PrivateFile.TryCreate(PathOf(text.Id), record.Write()))
            {
                return (record, text.ToString());
            }
        }
    }

    /// <summary>Makes a token worthless from now on, and keeps its record. One that was revoked before stays so since then.</summary>
    /// <returns>Null when there is none of that id.</returns>
    /// <exception cref="TokenException">Its file is damaged.</exception>
    /// <exception cref="LakeException">The disk fails.</exception>
    public TokenRecord? Revoke(string id)
    {
        if (!TokenText.IsId(id) || !File.Exists(PathOf(id)))
        {
            return null;
        }

        var record = Read(id, out var fault)
            ?? throw new TokenException($"{PathOf(id)}: the token's file is damaged and grants nothing: {fault}; delete it");
        if (record.Revoked is not null)
        {
            return record;
        }

        var revoked = record with { Revoked = Now() };
        PrivateFile.Replace(PathOf(id), revoked.Write());
        return revoked;
    }

    /// <summary>All tokens, the oldest first.</summary>
    /// <param name="damaged">What is wrong with files that are no tokens, a line each that begins with the path.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<TokenRecord> List(out IReadOnlyList<string> damaged)
    {
        var (tokens, faults) = (new List<TokenRecord>(), new List<string>());
        foreach (var id in Directory.Exists(folder) ? Ids().Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (Read(id, out var fault) is { } record)
            {
                tokens.Add(record);
            }
            else
            {
                faults.Add($"{PathOf(id)}: the token's file is damaged and grants nothing: {fault}");
            }
        }

        damaged = faults;
        return [.. tokens.OrderBy(token => token.Created).ThenBy(token => token.Id, StringComparer.Ordinal)];
    }

    /// <summary>Absolute path of the file of an id.</summary>
    internal string PathOf(string id) => Path.Combine(folder, id + Ending);

    /// <summary>The token of an id; null where its file is none, and then <paramref name="fault"/> says why.</summary>
    internal TokenRecord? Read(string id, out string? fault)
    {
        try
        {
            using var file = File.OpenRead(PathOf(id));
            if (file.Length > LongestFile)
            {
                fault = FormattableString.Invariant($"it is longer than {LongestFile} bytes");
                return null;
            }

            var content = new byte[file.Length];
            return TokenRecord.Read(id, content.AsSpan(0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)), out fault);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
            return null;
        }
    }

    private IEnumerable<string> Ids()
        => Directory.EnumerateFiles(folder, "*" + Ending).Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !name.StartsWith('.'));

    /// <summary>Whole seconds are enough for people.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
