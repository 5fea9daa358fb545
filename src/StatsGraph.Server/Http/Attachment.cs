using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Http;

/// <summary>How a file is sent that a browser saves, and that caches keep by its entity tag.</summary>
internal static class Attachment
{
    /// <summary>Names the version of the file, and says 304 where the client has it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tag">The entity tag, quotes included.</param>
    /// <param name="cacheControl">What caches may do.</param>
    /// <returns>Whether the client has it: nothing is to be sent then.</returns>
    public static bool IsHeld(HttpContext context, string tag, string cacheControl)
    {
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = cacheControl;
        response.Headers.Vary = "Accept-Encoding";
        if (!EntityTags.Hold(context.Request.Headers.IfNoneMatch, tag))
            return false;
        response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Sends the file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="content">Its bytes.</param>
    public static async Task WriteAsync(HttpContext context, string name, string mediaType, MemoryStream content)
    {
        var response = context.Response;
        response.ContentType = mediaType;
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{Uri.EscapeDataString(name)}\"";
        await response.Body.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), context.RequestAborted);
    }
}
