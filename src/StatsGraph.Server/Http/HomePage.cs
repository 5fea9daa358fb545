using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Http;

/// <summary>The page at <c>/</c>: what this is and where to go on. It needs no script, and its links hold under any base path.</summary>
internal static class HomePage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 17px/1.55 system-ui, sans-serif; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
        main { max-width: 36rem; padding: 2rem; }
        h1 { margin: 0; font-size: 2.2rem; letter-spacing: -.02em; }
        p { margin: .4rem 0 1.6rem; opacity: .8; }
        ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        li { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        a { display: block; padding: .8rem .2rem; color: inherit; text-decoration: none; font-weight: 600; }
        a:hover, a:focus-visible { color: LinkText; }
        small { display: block; font-weight: 400; opacity: .7; }
        """;

    private const string Page = $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>StatsGraph</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>StatsGraph</h1>
        <p>Audience figures for streaming radio, from the access logs of its servers.</p>
        <ul>
        <li><a href="graphql/">Ask a question<small>The IDE, with the schema's documentation and a first query</small></a></li>
        <li><a href="graphql?sdl">Read the schema<small>Every figure and its definition, in GraphQL's definition language</small></a></li>
        <li><a href="health/ready">Health<small>Whether the data can be read</small></a></li>
        </ul>
        </main>
        </body>
        </html>
        """;

    /// <summary>What the page's policy allows in place of any inline style: exactly this one.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }
}
