using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Dashboard;

/// <summary>
/// The dashboard at <c>/</c>: one page and its scripts, the same for everybody, without a figure in it. What it shows it asks of the API, with
/// what the browser has to show for it. Its addresses are all relative, so it works under any base path and behind any proxy.
/// </summary>
internal sealed class DashboardPage
{
    private const string EmbedParameter = "embed";
    private const string AssetsPath = "/assets";

    private readonly byte[]? page;
    private readonly string tag = "";
    private readonly string assets;
    private readonly AccessMode mode;
    private readonly EmbedOptions embed;

    /// <param name="folder">Folder of the files; without it there is no dashboard, and all else works.</param>
    /// <param name="mode">Whether there is somebody to sign out.</param>
    /// <param name="embed">Which cards others may frame.</param>
    public DashboardPage(string folder, AccessMode mode, EmbedOptions embed)
    {
        (this.mode, this.embed) = (mode, embed);
        assets = Path.Combine(folder, "assets");
        if (Directory.Exists(folder))
        {
            page = File.ReadAllBytes(Path.Combine(folder, "index.html"));
            tag = EntityTags.Of(page);
        }
    }

    /// <summary>Serves the scripts, styles and maps to everybody: they are the same on every server. Their names bear a hash of their content.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (page is not null)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(assets),
                RequestPath = AssetsPath,
                OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
            });
        }
    }

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", GetAsync).Needs(Right.None);
        app.MapGet("/dashboard.json", new DashboardFacts(mode, embed).GetAsync).Needs(Right.None);
    }

    private Task GetAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!request.Path.HasValue)
        {
            // The base path without a slash at its end, to which the page's addresses would not be relative.
            response.Redirect(request.PathBase.Value!.Split('/')[^1] + "/" + request.QueryString.ToUriComponent());
            return Task.CompletedTask;
        }

        if (page is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return response.WriteAsync("The dashboard is not installed beside this server.\n", context.RequestAborted);
        }

        var headers = response.Headers;
        headers.CacheControl = "no-cache";
        headers.ETag = tag;
        SecurityHeaders.AddToDashboard(context, mode, Frames(request));
        if (EntityTags.Hold(request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "text/html; charset=utf-8";
        return response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    /// <summary>Origins that may frame what is asked for.</summary>
    private IReadOnlyList<string> Frames(HttpRequest request)
        => request.Query[EmbedParameter] is [{ } card] && embed.Allows(card) ? embed.Origins : [];
}
