using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Ide;
using StatsGraph.Server.Live;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Who subscribes to what: WebSockets of a server to which everybody is nobody, unless they bear a token.</summary>
public sealed class LiveCallerTests : IAsyncLifetime
{
    private const string Token = "secret";

    private readonly SomeStation station = new();
    private readonly LiveConnections connections = new(new LiveOptions());
    private WebApplication app = null!;

    [Fact]
    public async Task To_one_who_may_not_read_a_site_it_is_as_one_that_never_was()
    {
        using var client = await ConnectAsync("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        await client.SubscribeAsync("a", """subscription { siteChanged(key: "demo") { version } }""");
        var hidden = await client.HearAsync();
        await client.SubscribeAsync("a", """subscription { siteChanged(key: "none") { version } }""");
        Assert.Equal(
            """{"id":"a","type":"error","payload":[{"message":"There is no site 'demo'.","extensions":{"code":"SITE_NOT_FOUND","value":"demo"}}]}""", hidden);
        Assert.Equal(hidden.Replace("demo", "none", StringComparison.Ordinal), await client.HearAsync());
    }

    [Theory]
    [InlineData("Authorization", "Bearer secret")]
    [InlineData("authorization", "bearer secret")]
    public async Task A_token_in_the_first_message_is_that_of_its_bearer(string name, string value)
    {
        using var client = await ConnectAsync($$$"""{"type":"connection_init","payload":{"{{{name}}}":"{{{value}}}"}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        await client.SubscribeAsync("a", """subscription { siteChanged(key: "demo") { version } }""");
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"version":0}}}}""", await client.HearAsync());
    }

    [Fact]
    public async Task A_token_that_is_nobodys_closes()
    {
        using var client = await ConnectAsync("""{"type":"connection_init","payload":{"Authorization":"Bearer wrong"}}""");
        Assert.Equal("4403 Forbidden", await client.HearAsync());
    }

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions();
        var engine = new GraphQLEngine(station.Store, options.Limits, NullLogger.Instance);
        var check = new DocumentCheck(options.Limits);
        var documents = new DocumentResolver(
            new SavedDocuments(new DocumentFolder("/none", check, 1_024, NullLogger.Instance), null, TimeProvider.System),
            new AutomaticDocuments(0), check, trustedOnly: false);
        var others = new OtherSites([]);
        var answers = new GraphQLEndpoint(
            engine, station.Store, options, others, new AnswerCache(1 << 20), documents, new IdeFiles("/none"), NullLogger.Instance);
        var operations = new LiveOperations(engine, station.Store, documents, answers, connections.Subscriptions, options.Live.Interval);
        var sockets = new Sockets(
            operations, connections, answers, others, token => token == Token ? Caller.Operator : null, options, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/graphql", sockets.AcceptAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        connections.Dispose();
        station.Dispose();
    }

    private async Task<SocketClient> ConnectAsync(string first)
    {
        var client = await SocketClient.ConnectAsync(new Uri(app.Urls.Single()));
        await client.SayAsync(first);
        return client;
    }
}
