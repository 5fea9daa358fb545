using System.Collections;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Live;

namespace StatsGraph.Server.Telemetry;

/// <summary>Puts the parts together that tell of the server, and those of OpenTelemetry that take it out: nothing else here knows of them.</summary>
internal static class TelemetrySetup
{
    private const string ServiceName = "statsgraph";
    private const string HostingMeter = "Microsoft.AspNetCore.Hosting";
    private const string Variables = "OTEL_";
    private const string EndpointVariable = Variables + "EXPORTER_OTLP_ENDPOINT";

    /// <summary>What is taken: the server's own, and what the framework counts of requests, connections and the process.</summary>
    private static readonly string[] Meters =
        [Activities.SourceName, HostingMeter, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Beginnings of the names of instruments that have series for each site, saved document, or route with each status.</summary>
    private static readonly string[] OfManySeries =
        ["statsgraph.site.", "statsgraph.schedule.", "statsgraph.columns.", "statsgraph.graphql.request.", "http.server.request."];

    /// <summary>Series of such an instrument: the lines of 270 sites, for instance. What is over it is one series.</summary>
    private const int ManySeries = 3_000;

    /// <summary>Series of any other instrument.</summary>
    private const int FewSeries = 100;

    /// <summary>Seconds, from what a kept answer takes to the longest time that a request usually may take.</summary>
    private static readonly double[] Durations =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>The log: one line a message on standard error. Standard output belongs to the answers of the command.</summary>
    public static void AddLog(ILoggingBuilder logging, TelemetryOptions options)
    {
        logging.AddConsole(console => (console.FormatterName, console.LogToStandardErrorThreshold) = (LogLines.FormatterName, LogLevel.Trace));
        logging.Services.AddSingleton<ConsoleFormatter>(_ => new LogLines(options.LogFormat, TimeProvider.System));
    }

    /// <summary>What is counted, and who takes it.</summary>
    public static void Add(WebApplicationBuilder builder, TelemetryOptions options, ReportStore store, ScheduleBook? schedules)
    {
        var services = builder.Services;
        services.AddSingleton<DistributedContextPropagator>(new TraceParents());
        services.AddSingleton<ServerMetrics>();
        if (options.Metrics || options.Otlp is not null)
        {
            services.AddSingleton(provider => new StoreWatch(store, Logger(provider)))
                .AddHostedService(provider => provider.GetRequiredService<StoreWatch>())
                .AddSingleton(provider => new StoreMetrics(
                    provider.GetRequiredService<ServerMetrics>().Meter, provider.GetRequiredService<StoreWatch>(), store,
                    provider.GetRequiredService<AnswerCache>(), provider.GetRequiredService<LiveConnections>()));
            if (schedules is not null)
                services.AddSingleton(provider => new ScheduleMetrics(provider.GetRequiredService<ServerMetrics>().Meter, schedules));
            AddExporters(builder, options);
        }
    }

    /// <summary>The watch over answers that are computed.</summary>
    public static QueryWatch Watch(IServiceProvider services, TelemetryOptions options, ReportStore store)
    {
        // The instruments exist once somebody asks for them.
        services.GetService<StoreMetrics>();
        services.GetService<ScheduleMetrics>();
        return new QueryWatch(
            services.GetRequiredService<ServerMetrics>(), new SlowQueries(options.SlowQuery, Logger(services), TimeProvider.System), store);
    }

    /// <summary>Shows the metrics to those who may operate the server, and to pages of no other site.</summary>
    public static void Map(IEndpointRouteBuilder app, ServerOptions options)
    {
        if (!options.Telemetry.Metrics)
        {
            return;
        }

        var metrics = app.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, pipeline => pipeline.Use(ShowAsync), optionsName: null);
        metrics.Needs(Right.Token).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        if (options.Cors.Count > 0)
        {
            metrics.WithMetadata(new DisableCorsAttribute());
        }
    }

    /// <summary>The log of the server.</summary>
    public static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("StatsGraph.Server");

    /// <summary>Those without a token do not come this far. Neither refusal tells whether there is a site, and which.</summary>
    private static Task ShowAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Caller.Of(context).MayOperate ? next(context) : Refusals.WriteAsync(context, new RequestFault(
            StatusCodes.Status403Forbidden, ErrorCodes.NotAuthorized, "This token is not for that: '/metrics' expects an admin token for all sites."));
    }

    private static void AddExporters(WebApplicationBuilder builder, TelemetryOptions options)
    {
        // The server looks at no variables of the environment; the library is to see its own.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Variables, StringComparison.Ordinal))
            .Select(variable => new KeyValuePair<string, string?>((string)variable.Key, (string?)variable.Value)));
        if (options.Otlp is { } endpoint)
        {
            // As that variable, so that the library makes the same of it, and the others say the rest.
            builder.Configuration.AddInMemoryCollection([new(EndpointVariable, endpoint.AbsoluteUri)]);
        }

        // What the variables OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes later, and wins.
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(ServiceName, serviceVersion: Version, autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            ((IDeferredMeterProviderBuilder)metrics).Configure(
                (services, deferred) => deferred.AddView(Views(services.GetRequiredService<IMeterFactory>())));
            if (options.Metrics)
            {
                metrics.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
            }

            if (options.Otlp is not null)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (options.Otlp is not null)
        {
            telemetry.WithTracing(traces => traces.AddSource(Activities.SourceName, "Microsoft.AspNetCore").AddOtlpExporter());
        }
    }

    private static string Version => typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>
    /// Which instruments are taken: of those that a server makes for itself, its own and no other server's in the process. Durations of answers have
    /// buckets that suit them. The library takes memory for all series of an instrument at once, which every collection of garbage looks at, so that
    /// those that cannot have many are given few.
    /// </summary>
    private static Func<Instrument, MetricStreamConfiguration?> Views(IMeterFactory own) => instrument
        => instrument.Meter.Scope is { } scope && scope != own ? MetricStreamConfiguration.Drop
            : instrument is Histogram<double> && instrument.Meter.Name is Activities.SourceName or HostingMeter
                ? new ExplicitBucketHistogramConfiguration { Boundaries = Durations, CardinalityLimit = MostSeries(instrument) }
            : new MetricStreamConfiguration { CardinalityLimit = MostSeries(instrument) };

    private static int MostSeries(Instrument instrument)
        => Array.Exists(OfManySeries, prefix => instrument.Name.StartsWith(prefix, StringComparison.Ordinal)) ? ManySeries : FewSeries;
}
