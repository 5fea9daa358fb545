using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Auth;

/// <summary>
/// Lets everybody do everything, on a server that only its own machine can reach. A request that a proxy has passed on came from further away than
/// it seems, and is refused where no proxy is known of.
/// </summary>
/// <param name="behindProxies">Whether requests may come through proxies.</param>
internal sealed class OpenAccess(bool behindProxies)
{
    private static readonly string[] Traces = ["X-Forwarded-For", "Forwarded"];

    /// <summary>Lets a request through or refuses it.</summary>
    public Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (!behindProxies && Array.Find(Traces, context.Request.Headers.ContainsKey) is { } trace)
        {
            return Refusals.WriteAsync(context, new RequestFault(
                StatusCodes.Status403Forbidden,
                ErrorCodes.ProxyUnknown,
                $"The request came through a proxy, as its header '{trace}' says, and this server is open to its own machine alone: "
                + "configure the proxy, make tokens ('statsgraph token add') and start the server again."));
        }

        context.Features.Set(Caller.Operator);
        return next(context);
    }
}
