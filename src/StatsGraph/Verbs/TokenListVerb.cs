using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using StatsGraph.Server.Auth;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph token list</c>: says which tokens there are, and nothing that would be one.</summary>
internal sealed class TokenListVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print them as one JSON array" };

    public TokenListVerb(CommandHost host)
        : base(host, "list", "Lists all tokens, revoked ones too, the oldest first.", "statsgraph token list --data /srv/statsgraph")
    {
        Add(json);
        Add(data);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var tokens = new TokenFolder(ReadSettings(parsed, data).DataFolder, Host.Clock).List(out var damaged);
        Host.Output.Write(parsed.GetValue(json) ? Json(tokens) : Table(tokens));
        foreach (var fault in damaged)
        {
            Host.Error.WriteLine(ErrorLine.Of(fault));
        }

        return Task.FromResult(damaged.Count == 0 ? ExitStatus.Done : ExitStatus.Failed);
    }

    private static string Table(IReadOnlyList<TokenRecord> tokens) => TextTable.Print(
    [
        ["ID", "SCOPE", "SITES", "CREATED", "EXPIRES", "REVOKED", "NAME"],
        .. tokens.Select(token => (IReadOnlyList<string>)
        [
            token.Id, Word(token.Scope), token.IsForAllSites ? "all" : string.Join(',', token.Sites),
            Time(token.Created), Time(token.Expires), Time(token.Revoked), token.Name ?? "",
        ]),
    ]);

    private static string Json(IReadOnlyList<TokenRecord> tokens) => IndentedJson.Print(json =>
    {
        json.WriteStartArray();
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("id", token.Id);
            json.WriteString("name", token.Name);
            json.WriteString("scope", Word(token.Scope));
            json.WriteStartArray("sites");
            foreach (var site in token.Sites)
            {
                json.WriteStringValue(site);
            }

            json.WriteEndArray();
            WriteTime(json, "created", token.Created);
            WriteTime(json, "expires", token.Expires);
            WriteTime(json, "revoked", token.Revoked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
        => json.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private static string Time(DateTimeOffset? time)
        => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";

    private static string Word(TokenScope scope) => scope.ToString().ToLowerInvariant();
}
