using System.CommandLine;
using System.Globalization;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Server.Auth;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph token add</c>: makes a token and prints it, once.</summary>
internal sealed class TokenAddVerb : Verb
{
    private const int LongestName = 200;

    private static readonly IReadOnlyDictionary<string, TokenScope> Scopes =
        Enum.GetValues<TokenScope>().ToDictionary(scope => scope.ToString().ToLowerInvariant());

    private readonly Option<string> data = DataOption();

    private readonly Option<string[]> site = new("--site")
    {
        HelpName = "KEY",
        Description = "A site that it is for, may be repeated (default: all sites, also those that are yet to come)",
    };

    private readonly Option<string> scope = new("--scope")
    {
        HelpName = "SCOPE",
        Required = true,
        Description = "read: the figures of its sites; ingest: sending logs for them; admin: both, and with all sites what the operator sees",
    };

    private readonly Option<string> expires = new("--expires") { HelpName = "AGE", Description = "How long it is worth something, such as 90d (default: until it is revoked)" };

    private readonly Option<string> name = new("--name") { HelpName = "TEXT", Description = "What it is for, in your words, to know it by in the list" };

    public TokenAddVerb(CommandHost host)
        : base(host, "add", "Makes a token and prints it. It is shown this once: only a hash of it is kept.",
            "statsgraph token add --site radio --scope read --expires 90d --name dashboard --data /srv/statsgraph")
    {
        Add(site);
        Add(scope);
        Add(expires);
        Add(name);
        Add(data);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var asked = Given(parsed, scope) is { } text && Scopes.TryGetValue(text, out var known) ? known
            : throw CommandException.WrongUsage($"option '--scope': '{parsed.GetValue(scope)}' is no scope; expected one of {string.Join(", ", Scopes.Keys)}");
        var sites = parsed.GetValue(site) ?? [];
        if (Array.Find(sites, key => !SiteKey.IsValid(key)) is { } wrong)
        {
            throw CommandException.WrongUsage($"option '--site': '{wrong}' is no site key; expected {SiteKey.Expectation}");
        }

        var end = End(Given(parsed, expires));
        var title = Given(parsed, name);
        if (title?.Length > LongestName || title?.Any(char.IsControl) == true)
        {
            throw CommandException.WrongUsage($"option '--name' is longer than {LongestName} characters or has some that cannot be printed");
        }

        var folder = new TokenFolder(ReadSettings(parsed, data).DataFolder, Host.Clock);
        var isFirst = !folder.HasAny;
        var (record, token) = folder.Add(asked, sites, title, end);
        Host.Output.WriteLine(token);
        Host.Output.Flush();
        Host.Error.WriteLine(ErrorLine.Of(
            $"token {record.Id} is for {(record.IsForAllSites ? "all sites" : string.Join(", ", record.Sites))}, scope {text}, "
            + $"{(end is { } until ? $"until {until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "until it is revoked")}; "
            + "it is shown this once, so keep it now"));
        if (isFirst)
        {
            Host.Error.WriteLine(ErrorLine.Of("it is the first token of this data folder: a server that is running on it asks for tokens once it is started again"));
        }

        return Task.FromResult(ExitStatus.Done);
    }

    private DateTimeOffset? End(string? age)
    {
        if (age is null)
        {
            return null;
        }

        try
        {
            var (now, length) = (Host.Clock.GetUtcNow(), Age.Parse(age));
            return length.After(now) is var end && end > now ? end.AddTicks(-(end.Ticks % TimeSpan.TicksPerSecond))
                : throw CommandException.WrongUsage($"option '--expires': '{age}' is no time at all");
        }
        catch (FormatException invalid)
        {
            throw CommandException.WrongUsage($"option '--expires': {invalid.Message}", invalid);
        }
    }
}
