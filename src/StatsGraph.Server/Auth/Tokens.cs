using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace StatsGraph.Server.Auth;

/// <summary>What became of a token that somebody has shown.</summary>
internal enum TokenState
{
    /// <summary>It is nobody's: no such id, another secret, or no token at all.</summary>
    Wrong,

    /// <summary>It was right, and has expired or was revoked.</summary>
    Ended,

    /// <summary>It is right.</summary>
    Right,
}

/// <summary>
/// Finds the callers of tokens. Each time the state of the token's file is looked at, and no folder is listed; the file is read again when that
/// state is another one. A revoked token is longer than before, so its time and length tell. Bounded by the files that there are. Safe for any
/// number of requests at once.
/// </summary>
/// <param name="folder">The tokens; null for none.</param>
/// <param name="holder">Makes the caller of a token.</param>
/// <param name="clock">Tells which tokens have expired.</param>
/// <param name="logger">Is told which files are damaged, once for each state of them.</param>
internal sealed partial class Tokens(TokenFolder? folder, Func<TokenRecord, Caller> holder, TimeProvider clock, ILogger logger)
{
    /// <summary>Compared with where there is no token, so that an unknown id takes the way of a wrong secret.</summary>
    private static readonly Known Nobody = new(default, 0, null, null, new byte[SHA256.HashSizeInBytes]);

    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>The caller of a token as people handle it; null where it is worth nothing. Guesses are not counted here.</summary>
    public Caller? Find(string token) => Check(token, out var caller) == TokenState.Right ? caller : null;

    /// <summary>What a text is worth.</summary>
    /// <param name="text">What somebody has shown.</param>
    /// <param name="caller">The caller of a right token; else nobody.</param>
    public TokenState Check(string text, out Caller caller)
    {
        caller = Caller.Nobody;
        var token = TokenText.Parse(text);
        var hash = token?.Hash ?? SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var found = token is { Id: var id } && folder is not null ? Look(folder, id) : Nobody;
        if (!CryptographicOperations.FixedTimeEquals(hash, found.Hash) || found.Record is null)
        {
            return TokenState.Wrong;
        }

        if (!found.Record.IsUsable(clock.GetUtcNow()))
        {
            return TokenState.Ended;
        }

        caller = found.Caller!;
        return TokenState.Right;
    }

    private Known Look(TokenFolder tokens, string id)
    {
        var file = new FileInfo(tokens.PathOf(id));
        lock (gate)
        {
            if (!file.Exists)
            {
                known.Remove(id);
                return Nobody;
            }

            if (known.GetValueOrDefault(id) is { } last && last.Changed == file.LastWriteTimeUtc && last.Length == file.Length)
            {
                return last;
            }

            return known[id] = Load(tokens, id, file);
        }
    }

    private Known Load(TokenFolder tokens, string id, FileInfo file)
    {
        if (tokens.Read(id, out var fault) is { } record)
        {
            return new Known(file.LastWriteTimeUtc, file.Length, record, holder(record), Convert.FromHexString(record.Sha256));
        }

        LogDamage(file.FullName, fault!);
        return Nobody with { Changed = file.LastWriteTimeUtc, Length = file.Length };
    }

    [LoggerMessage(10, LogLevel.Warning, "The token file {File} is damaged and grants nothing: {Fault}")]
    private partial void LogDamage(string file, string fault);

    /// <summary>A token's file in one state; without a record where it is damaged.</summary>
    private sealed record Known(DateTime Changed, long Length, TokenRecord? Record, Caller? Caller, byte[] Hash);
}
