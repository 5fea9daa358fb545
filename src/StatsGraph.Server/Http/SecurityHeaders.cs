using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Http;

/// <summary>
/// Headers that tell browsers what answers of this server may do: as little as each of them needs. They are on every answer, also on one that
/// refuses, for which reason this belongs before all that answers.
/// </summary>
/// <param name="hstsDays">Days for which a browser that came by https is to come by https alone; 0 says nothing of it.</param>
internal sealed class SecurityHeaders(int hstsDays)
{
    /// <summary>
    /// For the page of the IDE and its scripts, of which those that run as workers have a policy of their own. It compiles validators at run time
    /// and makes styles there.
    /// </summary>
    public const string IdePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-eval'; worker-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For the dashboard, but for who may frame it and where forms go: scripts, styles and pictures of its own, and nothing inline.</summary>
    private const string DashboardPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'";

    private readonly string hsts = string.Create(CultureInfo.InvariantCulture, $"max-age={hstsDays * 86_400L}");

    /// <summary>Adds them and goes on.</summary>
    public Task AddAsync(HttpContext context, RequestDelegate next)
    {
        AddTo(context);
        if (hstsDays > 0 && context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
        {
            context.Response.Headers.StrictTransportSecurity = hsts;
        }

        return next(context);
    }

    /// <summary>Adds those that every answer has.</summary>
    public static void AddTo(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = HtmlPage.Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    /// <summary>
    /// Replaces those of every answer by those of the dashboard. <c>X-Frame-Options</c> knows no list of origins, so where some may frame it
    /// the policy alone says who.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="mode">Whether the page has a form, which signs out.</param>
    /// <param name="frames">Origins that may frame it; none for nobody.</param>
    public static void AddToDashboard(HttpContext context, AccessMode mode, IReadOnlyList<string> frames)
    {
        var headers = context.Response.Headers;
        var (forms, ancestors) = (mode == AccessMode.Tokens ? "'self'" : "'none'", frames.Count > 0 ? string.Join(' ', frames) : "'none'");
        headers[HeaderNames.ContentSecurityPolicy] = $"{DashboardPolicy}; form-action {forms}; frame-ancestors {ancestors}";
        if (frames.Count > 0)
        {
            headers.Remove(HeaderNames.XFrameOptions);
        }

        // With none at all a browser would not tell this server, either, that it is its own page which sends the form.
        headers["Referrer-Policy"] = "same-origin";
    }

    /// <summary>What other servers of a developer are called too, which speak no TLS.</summary>
    private static bool IsLoopback(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
