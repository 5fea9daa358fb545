using System.CommandLine;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph token</c>: makes, lists and revokes the tokens that say to a server who asks.</summary>
internal sealed class TokenVerb : Verb
{
    public TokenVerb(CommandHost host)
        : base(host, "token", "Makes, lists and revokes tokens, by which a server knows who may read and who may send logs.",
            "statsgraph token add --site radio --scope read --data /srv/statsgraph")
    {
        Add(new TokenAddVerb(host));
        Add(new TokenListVerb(host));
        Add(new TokenRevokeVerb(host));
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
        => throw CommandException.WrongUsage(
            $"'token' is to do one of {string.Join(", ", Subcommands.Select(verb => verb.Name))}; see 'statsgraph token --help'");
}
