using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Dashboard;
using StatsGraph.Server.Documents;
using StatsGraph.Server.Edge;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Ide;
using StatsGraph.Server.Live;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server;

/// <summary>The HTTP server: the dashboard at <c>/</c>, GraphQL at <c>/graphql</c>, the IDE at <c>/graphql/</c>, uploads of logs at <c>/ingest</c>, health at <c>/health</c>.</summary>
public static class StatsGraphServer
{
    /// <summary>Folder of the IDE's files beside the program.</summary>
    private static readonly string IdeFolder = Path.Combine(AppContext.BaseDirectory, "ide");

    /// <summary>Folder of the dashboard's files beside the program.</summary>
    private static readonly string DashboardFolder = Path.Combine(AppContext.BaseDirectory, "dashboard");

    /// <summary>Bytes of documents that are kept for automatic persisted queries.</summary>
    private const long AutomaticDocumentBytes = 16 << 20;

    /// <summary>Builds a server that is ready to run.</summary>
    /// <param name="options">How it listens and what it allows.</param>
    /// <param name="store">The figures; stays the caller's, and must outlive the server.</param>
    /// <param name="uploads">Takes logs that are sent to <c>/ingest/SITE</c>; stays the caller's. Null: none are taken.</param>
    /// <exception cref="FormatException">An address to listen on is none, or is https without a certificate.</exception>
    /// <exception cref="CertificateException">The certificate cannot be used.</exception>
    public static WebApplication Build(ServerOptions options, ReportStore store, LogUploads? uploads = null)
    {
        // Empty: variables and files that other servers are configured by could open further addresses, or have it believe any proxy.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder, options);
        TelemetrySetup.Add(builder, options.Telemetry, store, options.Schedules);
        var app = builder.Build();
        Https.Check(app);
        foreach (var url in options.EachUrl)
        {
            app.Urls.Add(url);
        }

        var logger = TelemetrySetup.Logger(app.Services);
        app.Use(new RequestWatch(logger).InvokeAsync);
        new Proxies(options.Proxies).Use(app);
        app.Use(new SecurityHeaders(options.HstsDays).AddAsync);
        app.Use(new Failures(logger).AnswerAsync);
        app.UseHostFiltering();
        if (options.PathBase.Length > 0)
        {
            app.UsePathBase(options.PathBase);
        }

        app.Use(Methods.AnswerAsync);
        app.UseWebSockets();
        Compression.Use(app);
        app.UseRouting();
        app.Services.GetRequiredService<OtherSites>().Use(app);
        var mode = Access(app, options);
        var ide = new IdeFiles(IdeFolder);
        ide.Use(app);
        Map(app, options, store, mode, ide, uploads);
        var dashboard = new DashboardPage(DashboardFolder, mode, options.Embed);
        dashboard.Use(app);
        dashboard.Map(app);
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Twice what is allowed, so that one who asks a little too much is told so by GraphQL's rules and not by Kestrel's.
            kestrel.Limits.MaxRequestLineSize = 2 * options.Limits.MaximumQueryStringBytes;
        });
        Https.Add(builder, options);
        builder.Services.AddRoutingCore();
        builder.Services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = [.. HostNames.Allowed(options)];
            filter.IncludeFailureMessage = false;
        });

        var others = new OtherSites(options.Cors);
        builder.Services.AddSingleton(others).AddCors(cors => cors.AddDefaultPolicy(others.Policy));
        Compression.Add(builder.Services);
        builder.Services.AddSingleton(_ => new AnswerCache(options.AnswerCacheBytes));
        builder.Services.AddSingleton(_ => new AutomaticDocuments(AutomaticDocumentBytes));
        builder.Services.AddSingleton(_ => new LiveConnections(options.Live));
        builder.Services.AddSingleton(_ => new CallerLimiter(options.CallerLimits));

        // A failed start is the caller's, who is told by an exception.
        builder.Logging.ClearProviders().SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft.AspNetCore", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        TelemetrySetup.AddLog(builder.Logging, options.Telemetry);
    }

    /// <summary>Finds out of every request who asks, and what they may. Belongs between routing, which finds the route, and the endpoints.</summary>
    private static AccessMode Access(WebApplication app, ServerOptions options)
    {
        var folder = options.DataFolder is { } data ? new TokenFolder(data, options.Clock) : null;
        var rules = AccessRules.Of(options, folder);
        if (rules.Mode == AccessMode.Open)
        {
            app.Use(OpenAccess.AdmitAsync);
            return rules.Mode;
        }

        var logger = TelemetrySetup.Logger(app.Services);
        var access = new TokenAccess(
            new Tokens(folder, token => Caller.Holder(token, rules.Everybody), options.Clock, logger),
            rules.Everybody,
            new FailedAttempts(options.Clock),
            app.Services.GetRequiredService<CallerLimiter>(),
            logger);
        app.Use(access.AdmitAsync);
        new SignIn(access).Map(app);
        return rules.Mode;
    }

    private static void Map(
        IEndpointRouteBuilder app, ServerOptions options, ReportStore store, AccessMode mode, IdeFiles ide, LogUploads? uploads)
    {
        var logger = TelemetrySetup.Logger(app.ServiceProvider);
        var metrics = app.ServiceProvider.GetRequiredService<ServerMetrics>();
        var documents = Documents(options, app.ServiceProvider.GetRequiredService<AutomaticDocuments>(), logger);
        var others = app.ServiceProvider.GetRequiredService<OtherSites>();
        var desk = new ComplianceDesk(options.Compliance with { DataFolder = options.DataFolder }, store);
        var engine = new GraphQLEngine(store, options.Limits, logger, options.Introspection, desk, options.Schedules);
        var graphQL = new GraphQLEndpoint(
            engine,
            store,
            options,
            others,
            app.ServiceProvider.GetRequiredService<AnswerCache>(),
            documents,
            ide,
            metrics,
            TelemetrySetup.Watch(app.ServiceProvider, options.Telemetry, store),
            logger);
        var subscriptions = app.ServiceProvider.GetRequiredService<LiveConnections>().Subscriptions;
        var operations = new LiveOperations(engine, store, documents, graphQL, subscriptions, options.Live.Interval, metrics);
        Live(app.ServiceProvider, options, operations, graphQL).Map(app);
        app.MapGet("/reports/{file}", new ReportFiles(graphQL, documents, others, options, metrics).GetAsync).Needs(Right.Read);
        app.MapGet("/reports/issued/{site}/{profile}/{period}/{file}", new IssuedFiles(desk, graphQL, others, options, logger).GetAsync).Needs(Right.Read);
        app.MapGet("/graphql/schema.graphql", GraphQLEndpoint.SchemaAsync).Needs(Right.Read);
        ide.Map(app);
        new Health(store, logger).Map(app);
        TelemetrySetup.Map(app, options);
        if (uploads is not null)
        {
            var lifetime = app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
            new IngestEndpoint(uploads, others, logger, mode, lifetime.ApplicationStopping).Map(app);
        }
    }

    private static LiveEndpoint Live(IServiceProvider services, ServerOptions options, LiveOperations operations, GraphQLEndpoint graphQL)
    {
        var connections = services.GetRequiredService<LiveConnections>();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(connections.Stop);
        return new LiveEndpoint(
            graphQL,
            operations,
            new EventStreams(operations, connections, graphQL, options.Live, TimeProvider.System),
            new SharedEventStreams(operations, connections, graphQL, options.Live, TimeProvider.System),
            new Sockets(
                operations, connections, graphQL, services.GetRequiredService<OtherSites>(), options, TimeProvider.System));
    }

    private static DocumentResolver Documents(ServerOptions options, AutomaticDocuments automatic, ILogger logger)
    {
        var saved = SavedDocuments.Of(options, logger);
        return new DocumentResolver(saved, automatic, new DocumentCheck(options.Limits), options.TrustedDocumentsOnly);
    }
}
