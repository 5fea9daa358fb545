using Microsoft.AspNetCore.Builder;

namespace StatsGraph.Server.Auth;

/// <summary>What a caller has to be for a route to be reached.</summary>
internal enum Right
{
    /// <summary>Anybody: the route tells nothing of sites.</summary>
    None,

    /// <summary>The holder of some token; the route itself asks for more. So are routes that say nothing.</summary>
    Token,

    /// <summary>One who may read some site.</summary>
    Read,
}

/// <summary>Says of routes which right they need.</summary>
internal static class Rights
{
    /// <summary>Says which right a route needs.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Right right)
        where TBuilder : IEndpointConventionBuilder
        => route.WithMetadata(new Needed(right));

    /// <summary>Says of a route that it takes WebSockets, whose callers may say who they are in the first message.</summary>
    public static TBuilder MayTakeWebSockets<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
        => route.WithMetadata(new TakesWebSockets());

    /// <summary>Among the metadata of a route that takes WebSockets.</summary>
    internal sealed record TakesWebSockets;

    /// <summary>A needed right, among the metadata of a route.</summary>
    internal sealed record Needed(Right Right);
}
