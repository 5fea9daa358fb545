using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Http;

/// <summary>The page at <c>/</c>: what this is, where to go on, and, where that is asked for, who is signed in.</summary>
/// <param name="mode">Whether there is somebody to be.</param>
internal sealed class HomePage(AccessMode mode)
{
    /// <summary>Writes the page.</summary>
    public Task GetAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        if (mode == AccessMode.Tokens)
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        var account = mode == AccessMode.Open ? ""
            : caller.IsKnown
                ? $"""

                <li><form method="post" action="sign-out"><button>Sign out<small>You are here with the token {caller.Name}</small></button></form></li>
                """
            : """

                <li><a href="sign-in">Sign in<small>With a token, which whoever runs this server makes for you</small></a></li>
                """;
        return HtmlPage.WriteAsync(
            context,
            "StatsGraph",
            $"""
            <h1>StatsGraph</h1>
            <p>Audience figures for streaming radio, from the access logs of its servers.</p>
            <ul>
            <li><a href="graphql/">Ask a question<small>The IDE, with the schema's documentation and a first query</small></a></li>
            <li><a href="graphql?sdl">Read the schema<small>Every figure and its definition, in GraphQL's definition language</small></a></li>
            <li><a href="health/ready">Health<small>Whether the data can be read</small></a></li>{account}
            </ul>
            """);
    }
}
