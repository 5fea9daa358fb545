using System.Net;
using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Auth;

/// <summary>
/// Who is at the other end of a connection that lasts longer than one answer. A token is worth something for only as long as it is neither
/// revoked nor expired, so whoever writes to the connection asks again with a <see cref="StandingLook"/>.
/// </summary>
internal sealed class Standing : IDisposable
{
    private readonly TokenAccess? access;
    private readonly Credentials shown;
    private readonly IPAddress? address;
    private IDisposable? place;

    /// <summary>One whom nothing can end: of a server that asks for no tokens.</summary>
    /// <param name="caller">Who it is.</param>
    /// <param name="address">Where they are; null where that is not known.</param>
    public Standing(Caller caller, IPAddress? address)
    {
        (Caller, this.address) = (caller, address);
        Owner = CallerLimiter.Owner(caller, address);
    }

    /// <param name="access">Knows the tokens.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="shown">What was shown for it.</param>
    /// <param name="address">Where they are.</param>
    public Standing(TokenAccess access, Caller caller, Credentials shown, IPAddress? address)
        : this(caller, address) => (this.access, this.shown) = (access, shown);

    /// <summary>One who may do everything, for as long as they like.</summary>
    public static Standing Operator { get; } = new(Caller.Operator, null);

    /// <summary>Who it is.</summary>
    public Caller Caller { get; }

    /// <summary>Whom what they take counts for: each token for itself, and those without one by their address.</summary>
    public string Owner { get; }

    /// <summary>What was shown; null where that was nothing.</summary>
    internal string? Token => access is null ? null : shown.Token;

    /// <summary>The one who made a request.</summary>
    public static Standing Of(HttpContext context)
        => context.Features.Get<Standing>() ?? new Standing(Caller.Of(context), context.Connection.RemoteIpAddress);

    /// <summary>The same without what a browser sent by itself, as when the page of another site may be behind it.</summary>
    public Standing WithoutCookie() => access is not null && shown.IsCookie ? access.Anonymous(address) : this;

    /// <summary>
    /// The holder of a token that comes later than the request: browsers send no header of a page's choice with a WebSocket. Where no tokens are
    /// asked for it is not looked at.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token.</param>
    /// <param name="wait">How long to wait, where it was not looked at because too many wrong ones came; else zero.</param>
    /// <returns>Null when it is worth nothing, or was not looked at.</returns>
    public Standing? With(HttpContext context, string token, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        return access is null ? this : access.Find(context, token, out wait);
    }

    /// <summary>
    /// Takes a place among what they have answered at once, until the result is disposed; null when it is one too many. Where no tokens are asked
    /// for there is no such limit, and nothing to give back.
    /// </summary>
    public IDisposable? TryEnter() => access is null ? Operator : access.TryEnter(Owner);

    /// <summary>Remembers the place that a request takes among those of its caller that are answered at once.</summary>
    internal void Hold(IDisposable taken) => place = taken;

    /// <summary>Gives that place back: what lasts has other limits than what is answered. May be called more than once.</summary>
    public void Dispose() => Interlocked.Exchange(ref place, null)?.Dispose();

    /// <summary>Who bears the token now; null for nobody.</summary>
    internal Caller? Now() => access?.Now(shown.Token!);
}

/// <summary>One look at whether many are still what they were: each token is looked at once. For one thread, and for a moment.</summary>
internal sealed class StandingLook
{
    private readonly Dictionary<string, Caller?> known = new(StringComparer.Ordinal);

    /// <summary>Whether what somebody has shown is still worth what it was, and for the same sites.</summary>
    public bool Holds(Standing standing)
    {
        if (standing.Token is not { } token)
            return true;
        if (!known.TryGetValue(token, out var now))
            known[token] = now = standing.Now();
        return now?.Reads.Text == standing.Caller.Reads.Text;
    }
}
