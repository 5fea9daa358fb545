using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>
/// Compresses answers, the schema, pages and scripts for clients that accept it (brotli, else gzip), except small ones, which compression
/// would not make smaller by a packet.
/// </summary>
/// <remarks>
/// Also behind a proxy that ends TLS. The attack on compression there (BREACH) has a page of another site send many requests with guesses,
/// watches how long the answers are, and so learns a secret that stands beside a guess. Answers do repeat what was asked, but hold no token;
/// no page of another site has the cookie sent, which is <c>SameSite=Strict</c>; and <see cref="OtherSites"/> gives no other site an answer.
/// </remarks>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>Bytes from which on an answer is compressed: with its headers it no longer fits one packet.</summary>
    public const int LeastBytes = 1_024;

    /// <summary>Registers the services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, MediaTypes.GraphQLResponse, "image/svg+xml"];
        });
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, Compression>());
    }

    /// <summary>Belongs before all that writes answers.</summary>
    public static void Use(IApplicationBuilder app)
    {
        app.Use(WeakenTagAsync);
        app.UseResponseCompression();
    }

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context)
        => !(context.Response.ContentLength < LeastBytes) && base.ShouldCompressResponse(context);

    /// <summary>
    /// A strong tag is of bytes, and these are other ones: a compressed answer has a weak tag, and so has the answer that tells its holder that
    /// it still holds, since caches look for what they keep by the whole tag. Weak or not is no matter for <c>If-None-Match</c>, by HTTP, but
    /// is for the static files, which are asked by strong ones therefore.
    /// </summary>
    private static Task WeakenTagAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request.Headers;
        IList<EntityTagHeaderValue> held = EntityTagHeaderValue.TryParseList(request.IfNoneMatch, out var tags) ? tags : [];
        if (held.Any(tag => tag.IsWeak))
        {
            request.IfNoneMatch = string.Join(", ", held.Select(tag => tag.Tag));
        }

        context.Response.OnStarting(() =>
        {
            if (IsWeak(context.Response, held))
            {
                context.Response.Headers.ETag = "W/" + context.Response.Headers.ETag;
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsWeak(HttpResponse response, IList<EntityTagHeaderValue> held)
        => response.Headers.ETag.ToString() is ['"', ..] tag
            && (response.Headers.ContentEncoding.Count > 0
                || (response.StatusCode == StatusCodes.Status304NotModified
                    && held.Any(one => one.IsWeak && one.Tag.Equals(tag, StringComparison.Ordinal))));
}
