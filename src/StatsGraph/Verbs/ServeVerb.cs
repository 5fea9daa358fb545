using System.CommandLine;
using StatsGraph.Configuration;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph serve</c>: answers GraphQL over HTTP until it is stopped.</summary>
internal sealed class ServeVerb : Verb
{
    private readonly Option<string> data = DataOption();
    private readonly Option<string> urls = UrlsOption();
    private readonly Option<bool> open = PublicOption();

    public ServeVerb(CommandHost host)
        : base(host, "serve", "Serves the dashboard, GraphQL and the IDE over HTTP until Ctrl-C.",
            "statsgraph serve --data /srv/statsgraph --urls http://127.0.0.1:5080")
    {
        Add(data);
        Add(urls);
        Add(open);
    }

    /// <summary>The option that says where to listen.</summary>
    public static Option<string> UrlsOption() => new("--urls")
    {
        HelpName = "URL",
        Description = $"Addresses to listen on, parted by semicolons (default: {Settings.DefaultUrls})",
    };

    /// <summary>The option that lets everybody read.</summary>
    public static Option<bool> PublicOption() => new("--public")
    {
        Arity = ArgumentArity.Zero,
        Description = "Let everybody who reaches the server read every figure, without a token, also from other machines",
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = ReadSettings(parsed, data);
        settings = settings with { Public = settings.Public || parsed.GetValue(open) };
        var listen = ServerRun.Addresses(Host, settings, Given(parsed, urls));
        await new ServerRun(Host, settings, listen).UntilStoppedAsync(cancellation);
        return ExitStatus.Done;
    }
}
