using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Ide;

/// <summary>
/// The Banana Cake Pop IDE under <c>/graphql/</c>: static files that work without any other server. Its addresses are all relative, so it
/// works under any base path and behind any proxy.
/// </summary>
internal sealed class IdeFiles
{
    private const string Page = "index.html";

    private readonly PhysicalFileProvider? files;
    private readonly byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(new
    {
        title = "StatsGraph",
        useBrowserUrlAsEndpoint = true,
        disableTelemetry = true,
        graphQLDocument = FirstDocument(),
    });

    /// <param name="folder">Folder of the files; without it there is no IDE, and all else works.</param>
    public IdeFiles(string folder) => files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null;

    /// <summary>The document that a newcomer sees first.</summary>
    public static string FirstDocument()
    {
        using var stream = typeof(IdeFiles).Assembly.GetManifestResourceStream("StatsGraph.Server.Ide.welcome.graphql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Serves the files that no endpoint is in the way of, to everybody: they are a public package, the same on every server.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (files is not null)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                RequestPath = "/graphql",
                OnPrepareResponse = Cache,

                // The licence has no extension that would tell its type.
                ServeUnknownFileTypes = true,
                DefaultContentType = "text/plain",
            });
        }
    }

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/graphql/bcp-config.json", ConfigurationAsync).Needs(Right.None);

        // Its service worker would keep an old IDE alive over a new server.
        app.MapGet("/graphql/service-worker.js", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }).Needs(Right.None);
    }

    /// <summary>The page, at the address with a slash at its end: its files are relative to that.</summary>
    public Task GetAsync(HttpContext context)
    {
        if (context.Request.Path.Value?.EndsWith('/') != true)
        {
            context.Response.Redirect("graphql/");
            return Task.CompletedTask;
        }

        if (files?.GetFileInfo(Page) is not { Exists: true } page)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("The IDE is not installed beside this server.\n", context.RequestAborted);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.IdePolicy;
        return context.Response.SendFileAsync(page, context.RequestAborted);
    }

    private Task ConfigurationAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(configuration, context.RequestAborted).AsTask();
    }

    /// <summary>Names of the scripts and styles bear a hash of their content.</summary>
    private static void Cache(StaticFileResponseContext response)
    {
        var headers = response.Context.Response.Headers;
        headers.CacheControl = response.Context.Request.Path.StartsWithSegments("/graphql/static") ? "public, max-age=31536000, immutable" : "no-cache";
        if (response.File.Name == Page || response.File.Name.EndsWith(".js", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = SecurityHeaders.IdePolicy;
        }
    }
}
