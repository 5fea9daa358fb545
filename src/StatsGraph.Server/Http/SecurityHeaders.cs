using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>Headers that tell browsers what pages of this server may do: as little as each of them needs.</summary>
internal static class SecurityHeaders
{
    /// <summary>The IDE compiles validators at run time, and its editor's workers are made from blobs.</summary>
    private const string IdePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = context.Request.Path.StartsWithSegments("/graphql") ? IdePolicy : HtmlPage.Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return next(context);
    }
}
