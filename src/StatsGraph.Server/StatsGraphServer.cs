using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using StatsGraph.Compliance;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Ide;

namespace StatsGraph.Server;

/// <summary>The HTTP server: GraphQL at <c>/graphql</c>, the IDE at <c>/graphql/</c>, health at <c>/health</c>.</summary>
public static class StatsGraphServer
{
    /// <summary>Folder of the IDE's files beside the program.</summary>
    private static readonly string IdeFolder = Path.Combine(AppContext.BaseDirectory, "ide");

    /// <summary>Folder of the saved documents beside the program.</summary>
    private static readonly string QueriesFolder = Path.Combine(AppContext.BaseDirectory, "queries");

    /// <summary>Bytes of documents that are kept for automatic persisted queries.</summary>
    private const long AutomaticDocumentBytes = 16 << 20;

    /// <summary>Builds a server that is ready to run.</summary>
    /// <param name="options">How it listens and what it allows.</param>
    /// <param name="store">The figures; stays the caller's, and must outlive the server.</param>
    /// <exception cref="FormatException">An address to listen on is none.</exception>
    public static WebApplication Build(ServerOptions options, ReportStore store)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder, options);
        var app = builder.Build();
        foreach (var url in options.EachUrl)
        {
            app.Urls.Add(url);
        }

        app.UseHostFiltering();
        if (options.PathBase.Length > 0)
        {
            app.UsePathBase(options.PathBase);
        }

        app.Use(SecurityHeaders.AddAsync);
        app.Use(Methods.AnswerAsync);
        Compression.Use(app);
        app.UseRouting();
        app.Services.GetRequiredService<OtherSites>().Use(app);
        var mode = Access(app, options);
        var ide = new IdeFiles(IdeFolder);
        ide.Use(app);
        Map(app, options, store, ide);
        app.MapGet("/", new HomePage(mode).GetAsync).Needs(Right.None);
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Twice what is allowed, so that one who asks a little too much is told so by GraphQL's rules and not by Kestrel's.
            kestrel.Limits.MaxRequestLineSize = 2 * options.Limits.MaximumQueryStringBytes;
        });
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
        builder.Services.AddSingleton(_ => new CallerLimiter(options.CallerLimits));

        // Standard output belongs to the answers of the command, and a failed start to the caller, which is told by an exception.
        builder.Logging.ClearProviders().SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft.AspNetCore", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Finds out of every request who asks, and what they may. Belongs between routing, which finds the route, and the endpoints.</summary>
    private static AccessMode Access(WebApplication app, ServerOptions options)
    {
        var folder = options.DataFolder is { } data ? new TokenFolder(data, options.Clock) : null;
        var rules = AccessRules.Of(options, folder);
        if (rules.Mode == AccessMode.Open)
        {
            app.Use(new OpenAccess(options.BehindProxies).AdmitAsync);
            return rules.Mode;
        }

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("StatsGraph.Server");
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

    private static void Map(IEndpointRouteBuilder app, ServerOptions options, ReportStore store, IdeFiles ide)
    {
        var logger = app.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("StatsGraph.Server");
        var documents = Documents(options, app.ServiceProvider.GetRequiredService<AutomaticDocuments>(), logger);
        var others = app.ServiceProvider.GetRequiredService<OtherSites>();
        var graphQL = new GraphQLEndpoint(
            new GraphQLEngine(
                store,
                options.Limits,
                logger,
                options.Introspection,
                new ComplianceDesk(options.Compliance with { DataFolder = options.DataFolder }, store)),
            store,
            options,
            others,
            app.ServiceProvider.GetRequiredService<AnswerCache>(),
            documents,
            ide,
            logger);
        app.MapGet("/graphql", graphQL.GetAsync).Needs(Right.Read);
        app.MapPost("/graphql", graphQL.PostAsync).Needs(Right.Read);
        app.MapGet("/graphql/persisted/{name}", graphQL.GetSavedAsync).Needs(Right.Read);
        app.MapGet("/reports/{file}", new ReportFiles(graphQL, documents, others, options).GetAsync).Needs(Right.Read);
        app.MapGet("/graphql/schema.graphql", GraphQLEndpoint.SchemaAsync).Needs(Right.Read);
        ide.Map(app);
        new Health(store, logger).Map(app);
    }

    private static DocumentResolver Documents(ServerOptions options, AutomaticDocuments automatic, ILogger logger)
    {
        var check = new DocumentCheck(options.Limits);
        DocumentFolder Folder(string path) => new(path, check, options.Limits.MaximumBytes, logger);
        var configured = options.QueriesFolder is { } path ? Folder(path) : null;
        var saved = new SavedDocuments(Folder(QueriesFolder), configured, TimeProvider.System);
        return new DocumentResolver(saved, automatic, check, options.TrustedDocumentsOnly);
    }
}
