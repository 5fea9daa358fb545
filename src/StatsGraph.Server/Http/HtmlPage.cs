using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>The server's own pages: one style, no script, and links that hold under any base path.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 17px/1.55 system-ui, sans-serif; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
        main { width: min(36rem, 100%); padding: 2rem; box-sizing: border-box; }
        h1 { margin: 0; font-size: 2.2rem; letter-spacing: -.02em; }
        p { margin: .4rem 0 1.6rem; opacity: .8; }
        label { display: block; font-weight: 600; }
        input, main > form > button { box-sizing: border-box; width: 100%; padding: .7rem .8rem; border-radius: .4rem; font: inherit; }
        input { margin: .4rem 0 1rem; border: 1px solid color-mix(in srgb, currentColor 45%, transparent); background: Field; color: FieldText; }
        main > form > button { border: 0; background: CanvasText; color: Canvas; font-weight: 600; cursor: pointer; }
        main > form > button:hover { opacity: .85; }
        input:focus-visible, button:focus-visible { outline: 2px solid CanvasText; outline-offset: 2px; }
        main > form + p { margin: 1.2rem 0 0; font-size: .9rem; }
        a { color: inherit; font-weight: 600; }
        a:hover, a:focus-visible { color: LinkText; }
        [role=alert] { margin: 0 0 1.2rem; padding: .7rem .9rem; border-left: .25rem solid #c62828; opacity: 1; }
        [role=alert] { background: color-mix(in srgb, #c62828 12%, transparent); }
        """;

    /// <summary>What the policy of pages allows in place of any inline style: exactly this one.</summary>
    private static readonly string StyleHash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The content security policy of everything that is no page with a form.</summary>
    public static string Policy { get; } = PolicyOf("'none'");

    private static string FormPolicy { get; } = PolicyOf("'self'");

    /// <summary>Writes a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title, as HTML.</param>
    /// <param name="main">What is on it, as HTML.</param>
    public static Task WriteAsync(HttpContext context, string title, string main)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        if (main.Contains("<form", StringComparison.Ordinal))
        {
            response.Headers[HeaderNames.ContentSecurityPolicy] = FormPolicy;
        }

        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            {main}
            </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    private static string PolicyOf(string forms)
        => $"default-src 'none'; style-src '{StyleHash}'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'";
}
