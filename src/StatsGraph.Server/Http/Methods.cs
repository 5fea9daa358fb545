using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Http;

/// <summary>The methods that every address has without doing anything for them: HEAD where there is GET, and OPTIONS.</summary>
internal static class Methods
{
    private static readonly object Head = new();

    /// <summary>Whether a request is a HEAD, which wants no body: what has no end is not begun for it.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Head);

    /// <summary>
    /// Answers HEAD as a GET of the same, of which the server leaves the body out, and OPTIONS with the methods that there are. All others
    /// that an address has not are 405 with the same list; routing makes it.
    /// </summary>
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (HttpMethods.IsHead(request.Method))
        {
            context.Items[Head] = true;
            request.Method = HttpMethods.Get;
        }

        await next(context);
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.HasStarted)
        {
            return;
        }

        var allowed = response.Headers.GetCommaSeparatedValues("Allow").ToList();
        if (allowed.Contains(HttpMethods.Get))
        {
            allowed.Add(HttpMethods.Head);
        }

        response.Headers.Allow = string.Join(", ", allowed.Append(HttpMethods.Options).Order(StringComparer.Ordinal));
        if (HttpMethods.IsOptions(request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
