using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace StatsGraph.Server.Edge;

/// <summary>
/// Believes the proxies that are named, and nobody else, of whom they pass requests on: the client's address (<c>X-Forwarded-For</c>), the scheme
/// and the host that it asked by (<c>-Proto</c>, <c>-Host</c>), and the path that a proxy took away (<c>-Prefix</c>).
/// </summary>
/// <param name="known">The proxies; loopback is none unless it is named.</param>
internal sealed partial class Proxies(IReadOnlyList<IPNetwork> known)
{
    /// <summary>Whether a request was passed on by a proxy that is known, whatever address it bears by now.</summary>
    public static bool HavePassedOn(HttpContext context) => context.Features.Get<Passed>() is not null;

    /// <summary>Belongs before all that asks for the address, scheme, host or path of a request.</summary>
    public void Use(IApplicationBuilder app)
    {
        // With an empty list the middleware would believe everybody.
        if (known.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in known)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.Use(NoteAsync);
        app.UseForwardedHeaders(options);
        app.Use(CheckPrefixAsync);
    }

    private Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Connection.RemoteIpAddress is { } address && Knows(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
        {
            context.Features.Set(Passed.Instance);
        }

        return next(context);
    }

    private bool Knows(IPAddress address) => known.Any(network => network.Contains(address));

    /// <summary>The prefix goes into cookies, so that nothing but a plain path is one. With a slash at its end, as people write it, it is the same.</summary>
    private static Task CheckPrefixAsync(HttpContext context, RequestDelegate next)
    {
        var prefix = context.Request.PathBase.Value?.TrimEnd('/') ?? "";
        context.Request.PathBase = PlainPath().IsMatch(prefix) ? new PathString(prefix) : PathString.Empty;
        return next(context);
    }

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex PlainPath();

    private sealed class Passed
    {
        public static readonly Passed Instance = new();
    }
}
