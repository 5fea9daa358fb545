using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Auth;

/// <summary>
/// The page on which a browser gets its cookie: <c>/sign-in</c>, and <c>/sign-out</c>, which takes it away. The cookie holds the token, so that
/// any process on the data knows it and one that is revoked is worth nothing at once; no script can read it, and no other site's page has it sent.
/// </summary>
/// <param name="access">Tells what a token is worth.</param>
internal sealed class SignIn(TokenAccess access)
{
    private const string Page = "sign-in";
    private const string Field = "token";
    private const string Target = "to";
    private const int LongestBody = 8 * 1024;
    private const int LongestTarget = 2 * 1024;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/" + Page, context => ShowAsync(context, context.Request.Query[Target].ToString(), fault: null)).Needs(Right.None);
        app.MapPost("/" + Page, SignInAsync).Needs(Right.None);
        app.MapPost("/sign-out", SignOutAsync).Needs(Right.None);
    }

    /// <summary>Sends a browser to the page, which sends it back. All addresses are relative: whatever path a proxy puts before them holds.</summary>
    public static void Redirect(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.ToUriComponent());
        var target = path.TrimStart('/') + request.QueryString.ToUriComponent();
        var up = string.Concat(Enumerable.Repeat("../", path.Count(character => character == '/') - 1));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(up + Page + (IsLocal(target) ? $"?{Target}={Uri.EscapeDataString(target)}" : ""));
    }

    /// <summary>Takes the cookie away.</summary>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Credentials.CookieName, Cookie(context.Request));

    /// <summary>
    /// Where to go on: an address below this server's root. With the dot before it no text is another server's address, and what could be
    /// meant as one leads to the dashboard.
    /// </summary>
    internal static string Onward(string target) => IsLocal(target) ? "./" + target.TrimStart('/') : "./";

    private static bool IsLocal(string target)
        => target.Length <= LongestTarget
            && !target.StartsWith("//", StringComparison.Ordinal)
            && !target.AsSpan().ContainsAnyExceptInRange('!', '~')
            && target.AsSpan().IndexOf('\\') < 0
            && target.AsSpan(0, target.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : target.Length).IndexOf(':') < 0;

    private async Task SignInAsync(HttpContext context)
    {
        if (IsFromAnotherSite(context.Request))
        {
            await ShowAsync(context, "", "Another site sent you here with a token. If it is yours, enter it.", StatusCodes.Status403Forbidden);
            return;
        }

        if (await FormAsync(context) is not { } form)
        {
            await ShowAsync(context, "", "That was no token.", StatusCodes.Status400BadRequest);
            return;
        }

        var (token, target) = (form[Field].ToString().Trim(), form[Target].ToString());
        switch (access.Check(context, token, out _, out var wait))
        {
            case null:
                Refusals.RetryAfter(context.Response, wait);
                await ShowAsync(context, target, "Too many wrong tokens came from your network. Try again in a minute.", StatusCodes.Status429TooManyRequests);
                break;
            case TokenState.Right:
                context.Response.Cookies.Append(Credentials.CookieName, token, Cookie(context.Request));
                Go(context, Onward(target));
                break;
            default:
                TokenAccess.Challenge(context.Response, isWrong: true);
                await ShowAsync(context, target, "This token is unknown, has expired or was revoked.", StatusCodes.Status401Unauthorized);
                break;
        }
    }

    /// <summary>A form of another site signs nobody out, but leads to the dashboard, which says who is signed in.</summary>
    private static Task SignOutAsync(HttpContext context)
    {
        if (!IsFromAnotherSite(context.Request))
        {
            Forget(context);
        }

        Go(context, "./");
        return Task.CompletedTask;
    }

    private static void Go(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address;
    }

    private static Task ShowAsync(HttpContext context, string target, string? fault, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";

        // With none at all a browser would not tell this server, either, that it is its own page which sends the form.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        // One who is signed in already and follows a link on another site comes without the cookie, but goes on from here with it.
        var onward = Onward(target) is "./" ? "" : $"""<a href="{WebUtility.HtmlEncode(Onward(target))}">Signed in already?</a> """;
        var alert = fault is null ? "" : $"""<p role="alert">{WebUtility.HtmlEncode(fault)}</p>""";
        return HtmlPage.WriteAsync(
            context,
            "Sign in - StatsGraph",
            $"""
            <h1>Sign in</h1>
            <p>StatsGraph shows its figures to those who have a token.</p>
            {alert}
            <form method="post" action="{Page}">
            <input type="hidden" name="{Target}" value="{WebUtility.HtmlEncode(IsLocal(target) ? target : "")}">
            <label for="{Field}">Token</label>
            <input id="{Field}" name="{Field}" type="password" required autofocus autocomplete="current-password" spellcheck="false" placeholder="{TokenText.Prefix}...">
            <button>Sign in</button>
            </form>
            <p>Whoever runs this server makes tokens, and can say which sites yours is for. {onward}<a href="./">Dashboard</a></p>
            """);
    }

    /// <summary>Ends with the browser's session; a token that ends earlier is worth nothing in it.</summary>
    private static CookieOptions Cookie(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = request.PathBase.HasValue ? request.PathBase.ToUriComponent() : "/",
        IsEssential = true,
    };

    /// <summary>Lest another site sign somebody in as somebody else, or out, by a form of its own.</summary>
    private static bool IsFromAnotherSite(HttpRequest request)
        => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin.ToString() is { Length: > 0 } origin
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
                    && from.Authority.Equals(request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase));

    private static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestBody;
        }

        try
        {
            return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        }
        catch (Exception invalid) when (invalid is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
