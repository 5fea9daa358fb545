using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Edge;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Auth;

/// <summary>
/// Lets everybody do everything, on a server that only its own machine can reach. A request that a proxy has passed on came from further away than
/// it seems, and is refused unless the proxy is known.
/// </summary>
internal static class OpenAccess
{
    private static readonly string[] Traces =
        ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Real-IP", "Via"];

    /// <summary>Lets a request through or refuses it.</summary>
    public static Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (!Proxies.HavePassedOn(context) && Array.Find(Traces, context.Request.Headers.ContainsKey) is { } trace)
        {
            return Refusals.WriteAsync(context, new RequestFault(
                StatusCodes.Status403Forbidden,
                ErrorCodes.ProxyUnknown,
                $"The request came through a proxy, as its header '{trace}' says, and this server is open to its own machine alone: "
                + "name the proxy in Server:Proxies, make tokens ('statsgraph token add') and start the server again."));
        }

        context.Features.Set(Caller.Operator);
        return next(context);
    }
}
