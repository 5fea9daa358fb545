using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Auth;

/// <summary>
/// Finds out who asks by the token that is shown, and lets a request reach its route when it has the right that the route needs. Belongs between
/// routing and the endpoints.
/// </summary>
/// <param name="tokens">The tokens.</param>
/// <param name="everybody">Sites that are shown without a token.</param>
/// <param name="failures">Counts wrong tokens.</param>
/// <param name="limiter">Holds callers to their limits.</param>
/// <param name="logger">Is told when somebody guesses, and nothing of who it is.</param>
internal sealed partial class TokenAccess(
    Tokens tokens, SiteSet everybody, FailedAttempts failures, CallerLimiter limiter, ILogger logger)
{
    /// <summary>Lets a request through or answers it.</summary>
    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        // What has no route is a file of the IDE, which everybody may have, or is not there.
        if (context.GetEndpoint() is not RouteEndpoint route)
        {
            await next(context);
            return;
        }

        var shown = Credentials.Of(context.Request);
        var (caller, wait) = (Caller.Anonymous(everybody), TimeSpan.Zero);
        TokenState? state = TokenState.Right;
        if (shown.Token is { } token)
        {
            state = Check(context, token, out var holder, out wait);
            caller = state == TokenState.Right ? holder : caller;
        }

        var standing = StandingOf(caller, shown, context.Connection.RemoteIpAddress);
        caller = standing.Caller;
        context.Features.Set(caller);
        context.Features.Set(standing);
        VaryByCaller(context.Response, caller);
        var right = route.Metadata.GetMetadata<Rights.Needed>()?.Right ?? Right.Token;
        if (right == Right.None)
        {
            await next(context);
        }
        else if (state is null)
        {
            await RefuseAsync(context, wait, ErrorCodes.TooManyAttempts, "Too many wrong tokens came from this address; none is looked at for a while.");
        }
        else if (state != TokenState.Right || !IsEnough(context, route, right, caller))
        {
            await RefuseAsync(context, shown, caller, isWrong: state != TokenState.Right);
        }
        else
        {
            await EnterAsync(context, next, standing);
        }
    }

    /// <summary>
    /// What a token is worth that a request shows, wherever it does so: in a header, in a form, or in the first message of a WebSocket. Counts
    /// wrong ones.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token.</param>
    /// <param name="caller">Its holder, where it is right; else nobody.</param>
    /// <param name="wait">How long to wait, where it was not looked at.</param>
    /// <returns>Null when it was not looked at, because too many wrong ones came from that address.</returns>
    public TokenState? Check(HttpContext context, string token, out Caller caller, out TimeSpan wait)
    {
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (failures.HasToWait(address, out wait))
        {
            caller = Caller.Nobody;
            return null;
        }

        var state = tokens.Check(token, out caller);
        if (state == TokenState.Wrong && failures.Add(address))
        {
            LogGuessing(FailedAttempts.Allowed);
        }

        return state;
    }

    /// <summary>The holder of a token; null where it is worth nothing, or was not looked at, and then <paramref name="wait"/> says how long.</summary>
    public Standing? Find(HttpContext context, string token, out TimeSpan wait)
        => Check(context, token, out var caller, out wait) == TokenState.Right
            ? StandingOf(caller, new Credentials(token, IsCookie: false), context.Connection.RemoteIpAddress) : null;

    /// <summary>One who has shown nothing.</summary>
    public Standing Anonymous(IPAddress? address) => StandingOf(Caller.Anonymous(everybody), default, address);

    /// <summary>Who bears a token now that was right when it was shown; null for nobody. It is no guess, so that nothing is counted.</summary>
    public Caller? Now(string token) => tokens.Find(token);

    /// <summary>Takes a place among what an owner has answered at once, until the result is disposed; null when it is one too many.</summary>
    public IDisposable? TryEnter(string owner) => limiter.TryEnter(owner, out _);

    /// <summary>Says that a token is asked for, and whether one that was shown is worth nothing.</summary>
    public static void Challenge(HttpResponse response, bool isWrong)
        => response.Headers.WWWAuthenticate = "Bearer realm=\"StatsGraph\"" + (isWrong ? ", error=\"invalid_token\"" : "");

    private Standing StandingOf(Caller caller, Credentials shown, IPAddress? address)
        => new(this, caller with { Budget = limiter.BudgetOf(CallerLimiter.Owner(caller, address)) }, shown, address);

    /// <summary>
    /// Where a route takes WebSockets, one may say who it is in its first message, since no browser can put a header on it.
    /// </summary>
    private static bool IsEnough(HttpContext context, Endpoint route, Right right, Caller caller)
        => right == Right.Token ? caller.IsKnown
            : !caller.Reads.IsNone
                || (context.WebSockets.IsWebSocketRequest && route.Metadata.GetMetadata<Rights.TakesWebSockets>() is not null);

    private async Task EnterAsync(HttpContext context, RequestDelegate next, Standing standing)
    {
        using var entered = standing;
        if (limiter.TryEnter(standing.Owner, out var wait) is not { } place)
        {
            await RefuseAsync(context, wait, ErrorCodes.TooManyRequests, "These are too many requests in a short time, or at once.");
            return;
        }

        standing.Hold(place);
        await next(context);
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait, string code, string message)
    {
        Refusals.RetryAfter(context.Response, wait);
        return Refusals.WriteAsync(context, new RequestFault(StatusCodes.Status429TooManyRequests, code, message));
    }

    private static Task RefuseAsync(HttpContext context, Credentials shown, Caller caller, bool isWrong)
    {
        if (shown.IsCookie && isWrong)
        {
            SignIn.Forget(context);
        }

        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && MediaTypes.AcceptsHtml(request.Headers))
        {
            SignIn.Redirect(context);
            return Task.CompletedTask;
        }

        if (caller.IsKnown)
        {
            return Refusals.WriteAsync(context, new RequestFault(
                StatusCodes.Status403Forbidden, ErrorCodes.NotAuthorized, "This token is not for that: it is for sending logs, and reads nothing."));
        }

        Challenge(context.Response, isWrong);
        return Refusals.WriteAsync(context, new RequestFault(
            StatusCodes.Status401Unauthorized,
            ErrorCodes.NotAuthenticated,
            isWrong ? "This token is unknown, has expired or was revoked."
                : "A token is missing: expected the header 'Authorization: Bearer sg_...', or the token as the password of a Basic login."));
    }

    /// <summary>
    /// Keeps caches on the way from giving one's answers to another: they are told apart by what is shown, and those of the holder of a token are
    /// for nobody else, whatever is configured.
    /// </summary>
    private static void VaryByCaller(HttpResponse response, Caller caller) => response.OnStarting(() =>
    {
        response.Headers.Append(HeaderNames.Vary, "Authorization, Cookie");
        if (caller.IsKnown
            && CacheControlHeaderValue.TryParse(response.Headers.CacheControl.ToString(), out var cache)
            && !cache.Private && !cache.NoStore)
        {
            response.Headers.CacheControl = "private, no-cache";
        }

        return Task.CompletedTask;
    });

    [LoggerMessage(11, LogLevel.Warning, "{Number} wrong tokens came from one address within a minute: none from there is looked at until that is over")]
    private partial void LogGuessing(int number);
}
