using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.Http;

/// <summary>
/// What a page of another site may make a browser ask. Pages of the origins that are allowed may ask and read the answer (CORS). Others read
/// nothing, and must not have the server compute either: a POST of theirs is refused by the browser, which asks first because the body is
/// JSON, and a GET, for which no browser asks, is refused here.
/// </summary>
/// <param name="origins">The origins that are allowed; <c>*</c> among them for all; none for no other site.</param>
internal sealed class OtherSites(IReadOnlyList<string> origins)
{
    /// <summary>The header that a page of another site can only send after its browser has asked whether it may.</summary>
    public const string PreflightHeader = "GraphQL-Preflight";

    private const string AnyOrigin = "*";

    private static readonly TimeSpan PreflightHolds = TimeSpan.FromHours(1);

    /// <summary>Without credentials: a cookie that a proxy asks for is not sent from other sites.</summary>
    private readonly CorsPolicy policy = new CorsPolicyBuilder([.. origins.Contains(AnyOrigin) ? [AnyOrigin] : origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
        .AllowAnyHeader()
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter, RequestId.Header)
        .SetPreflightMaxAge(PreflightHolds)
        .Build();

    /// <summary>The policy of the endpoints.</summary>
    public CorsPolicy Policy => policy;

    /// <summary>Answers preflights and labels answers, where any origin is allowed. Belongs between routing and endpoints.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (origins.Count > 0)
        {
            app.Use(VaryAsync);
            app.UseCors();
        }
    }

    /// <summary>Why a GET is not executed, or null: a browser says that another site, of no allowed origin, is behind it.</summary>
    public RequestFault? Fault(HttpRequest request)
        => !IsFromAnotherSite(request) || request.Headers[PreflightHeader] == "1" || IsAllowed(request.Headers.Origin.ToString()) ? null
            : new RequestFault(
                StatusCodes.Status403Forbidden,
                ErrorCodes.PreflightRequired,
                $"A page of another site may not ask by GET: its origin is not in Server:Cors, and the header '{PreflightHeader}: 1' is missing.");

    /// <summary>
    /// Why a WebSocket is not opened, or null. No browser asks before it opens one to another site, and none keeps a page from reading it, but
    /// each names the origin: it has to be the server's own, or one that is allowed. Who names none is no page.
    /// </summary>
    public RequestFault? SocketFault(HttpRequest request)
        => IsOwn(request) || IsAllowed(request.Headers.Origin.ToString()) ? null
            : new RequestFault(
                StatusCodes.Status403Forbidden,
                ErrorCodes.OriginNotAllowed,
                "A page of another site may not open a WebSocket: its origin is not in Server:Cors.");

    /// <summary>
    /// Whether a page of the server's own is behind a request for a WebSocket, or no page. For others the policy allows no credentials, so that
    /// a cookie counts for nothing: a page of the same domain would have it sent.
    /// </summary>
    public static bool IsOwn(HttpRequest request)
        => request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOwn(origin, request.Host);

    /// <summary>Whether an origin is the address that was asked. A proxy may have taken TLS off, so the scheme says nothing.</summary>
    private static bool IsOwn(string origin, HostString host)
        => Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Authority.Equals(
                host.Port is null || (page.IsDefaultPort && page.Port == host.Port) ? host.Host : host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Only browsers send it, and no page can change it. Most send it over https and to this machine only.</summary>
    private static bool IsFromAnotherSite(HttpRequest request)
        => request.Headers["Sec-Fetch-Site"].ToString().Equals("cross-site", StringComparison.OrdinalIgnoreCase);

    private bool IsAllowed(string origin) => policy.AllowAnyOrigin || (origin.Length > 0 && policy.IsOriginAllowed(origin));

    /// <summary>
    /// The label of CORS is on answers to requests that name an origin alone, so that a cache that may keep answers has to tell them apart.
    /// </summary>
    private static Task VaryAsync(HttpContext context, RequestDelegate next)
    {
        // Run last of all that waits for the start, so that what others vary by is there.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
            {
                headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
