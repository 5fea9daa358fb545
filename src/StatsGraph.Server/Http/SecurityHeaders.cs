using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

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

    /// <summary>What other servers of a developer are called too, which speak no TLS.</summary>
    private static bool IsLoopback(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
