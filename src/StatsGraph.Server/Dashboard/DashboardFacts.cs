using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Dashboard;

/// <summary><c>/dashboard.json</c>: what the dashboard has to know of this server, and of who looks at it.</summary>
/// <param name="mode">Whether there is somebody to be.</param>
/// <param name="embed">Which cards others may frame.</param>
internal sealed class DashboardFacts(AccessMode mode, EmbedOptions embed)
{
    private static readonly string Version = typeof(DashboardFacts).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>A list of names, or the text <c>*</c>.</summary>
    private readonly object cards =
        embed.Origins.Count == 0 ? Array.Empty<string>() : embed.Cards.Contains(EmbedOptions.All) ? EmbedOptions.All : embed.Cards;

    /// <summary>Writes the facts. Nobody may keep them: they tell who is signed in.</summary>
    public Task GetAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MediaTypes.Json + "; charset=utf-8";
        var facts = JsonSerializer.SerializeToUtf8Bytes(new
        {
            embed = cards,
            version = Version,
            ide = "graphql/",
            account = new { mode = mode.ToString().ToUpperInvariant(), name = mode == AccessMode.Tokens && caller.IsKnown ? caller.Name : null },
        });
        return context.Response.Body.WriteAsync(facts, context.RequestAborted).AsTask();
    }
}
