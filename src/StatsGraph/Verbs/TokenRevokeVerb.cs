using System.CommandLine;
using System.Globalization;
using StatsGraph.Server.Auth;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph token revoke</c>: makes a token worthless.</summary>
internal sealed class TokenRevokeVerb : Verb
{
    private readonly Argument<string> id = new("ID") { Description = "The token's id, as 'token list' shows it" };

    private readonly Option<string> data = DataOption();

    public TokenRevokeVerb(CommandHost host)
        : base(host, "revoke", "Makes a token worthless, from the next request on, and keeps its record.",
            "statsgraph token revoke 0a1b2c3d4e5f --data /srv/statsgraph")
    {
        Add(id);
        Add(data);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        // One who pastes the whole token means that token, and it must not be repeated in a message.
        var asked = parsed.GetValue(id)!;
        var folder = ReadSettings(parsed, data).DataFolder;
        var revoked = new TokenFolder(folder, Host.Clock).Revoke(TokenFolder.IdOf(asked))
            ?? throw CommandException.Failed($"{folder}: no token has the id '{TokenFolder.IdOf(asked)}'; 'statsgraph token list' shows those that are there");
        Host.Error.WriteLine(ErrorLine.Of(
            $"token {revoked.Id} is revoked since {revoked.Revoked!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"));
        return Task.FromResult(ExitStatus.Done);
    }
}
