using System.Text;
using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Auth;

/// <summary>What a request shows to say who asks.</summary>
/// <param name="Token">The text that is to be a token; null where it shows none.</param>
/// <param name="IsCookie">Whether a browser sent it by itself.</param>
internal readonly record struct Credentials(string? Token, bool IsCookie)
{
    /// <summary>The cookie that the sign-in page makes.</summary>
    public const string CookieName = "statsgraph-token";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>
    /// What a request shows: the header <c>Authorization</c> with a token as bearer or as the password of any user, else the cookie. A password
    /// that does not look like a token is a login of the proxy before this server, which browsers send on, and says nothing here.
    /// </summary>
    public static Credentials Of(HttpRequest request)
        => TokenOf(request.Headers.Authorization.ToString()) is { } token ? new Credentials(token, IsCookie: false)
            : request.Cookies[CookieName] is { Length: > 0 } cookie ? new Credentials(cookie, IsCookie: true)
            : default;

    /// <summary>The token in the value of a header <c>Authorization</c>; null where there is none.</summary>
    public static string? TokenOf(string header)
        => header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
                && Password(header[Basic.Length..].Trim()) is { } password
                && password.StartsWith(TokenText.Prefix, StringComparison.Ordinal) ? password
            : null;

    private static string? Password(string encoded)
    {
        var buffer = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length) is var login
            && login.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? login[(colon + 1)..] : null;
    }
}
