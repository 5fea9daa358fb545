using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>Reads what the headers of an upload say. One that cannot be read is a value, not an exception.</summary>
internal static class UploadReader
{
    private const string Bearer = "Bearer ";

    /// <summary>Types that a form can send without the browser's asking first; so can a body without a type.</summary>
    private static readonly string[] FormTypes = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

    /// <summary>The upload of a request, or why it is none.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <param name="site">Key of the site.</param>
    /// <param name="limits">What it may bring.</param>
    /// <param name="explain">Why its body cannot be read on.</param>
    /// <param name="stop">Ends the reading of its body.</param>
    public static (Upload? Upload, RequestFault? Fault) Read(
        HttpRequest request, string site, UploadLimits limits, Func<Exception, UploadFault> explain, CancellationToken stop)
    {
        if (request.ContentLength > limits.MaximumBytes)
        {
            return (null, new RequestFault(
                StatusCodes.Status413PayloadTooLarge,
                UploadFaultCodes.TooLarge,
                FormattableString.Invariant(
                    $"The body is longer than {limits.MaximumBytes} bytes; send it in parts, or compressed (setting Server:Ingest:MaximumBytes)."))
            {
                Limit = limits.MaximumBytes,
            });
        }

        if (Encoding(request) is not { } encoding)
        {
            return (null, new RequestFault(
                StatusCodes.Status415UnsupportedMediaType,
                ErrorCodes.MediaTypeUnsupported,
                $"The body has the encoding '{request.Headers.ContentEncoding}'; expected one of gzip and zstd, or none."));
        }

        var (part, fault) = ReadPart(request);
        return fault is not null ? (null, fault) : (new Upload
        {
            Site = site,
            Body = request.Body,
            Encoding = encoding,
            Part = part,
            IsPlaylist = part is null && IsSet(request, UploadHeaders.Plays),
            IsDryRun = IsSet(request, UploadHeaders.DryRun),
            Stop = stop,
            Explain = explain,
        }, null);
    }

    /// <summary>
    /// Why a body is not read, or null: the page of another site may have made a browser send it, as a form. No form can send another type or a
    /// bearer's token; that of a password, which browsers remember, does not count.
    /// </summary>
    public static RequestFault? FormFault(HttpRequest request)
        => !IsOfForm(request.ContentType)
            || request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || request.Headers[OtherSites.PreflightHeader] == "1" ? null
            : new RequestFault(
                StatusCodes.Status415UnsupportedMediaType,
                ErrorCodes.PreflightRequired,
                $"A body of the type '{request.ContentType}' may come from a form of another site; expected a token, or the header 'Content-Type: application/octet-stream'.");

    /// <summary>A fault that names a header.</summary>
    public static RequestFault Wrong(string header)
        => RequestFault.Invalid($"The header '{header}' is missing or is not what it must be; expected the protocol of this version.");

    /// <summary>The number in a header.</summary>
    public static bool TryNumber(HttpRequest request, string header, out long number)
        => long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsOfForm(string? type)
        => string.IsNullOrWhiteSpace(type)
            || !MediaTypeHeaderValue.TryParse(type, out var parsed)
            || FormTypes.Contains(parsed.MediaType.ToString(), StringComparer.OrdinalIgnoreCase);

    private static UploadEncoding? Encoding(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => UploadEncoding.Identity,
        "gzip" or "x-gzip" => UploadEncoding.Gzip,
        "zstd" => UploadEncoding.Zstd,
        _ => null,
    };

    private static bool IsSet(HttpRequest request, string header) => request.Headers[header] == "1";

    /// <summary>The part that the headers describe; none where they name no log.</summary>
    private static (UploadPart? Part, RequestFault? Fault) ReadPart(HttpRequest request)
    {
        var log = request.Headers[UploadHeaders.Log].ToString();
        if (log.Length == 0)
        {
            return (null, null);
        }

        var (before, after) = (Hash(request, UploadHeaders.Before), Hash(request, UploadHeaders.After));
        long offset = 0, length = 0, repeats = 0;
        var wrong = !LogUploads.IsHash(log) ? UploadHeaders.Log
            : before is "" ? UploadHeaders.Before
            : after is "" ? UploadHeaders.After
            : !TryNumber(request, UploadHeaders.Offset, out offset) ? UploadHeaders.Offset
            : !TryNumber(request, UploadHeaders.Length, out length) || length < offset ? UploadHeaders.Length
            : !TryNumber(request, UploadHeaders.Repeats, out repeats) ? UploadHeaders.Repeats
            : null;
        return wrong is not null ? (null, Wrong(wrong))
            : (new UploadPart(log, offset, before, length, after, repeats, IsSet(request, UploadHeaders.Cut)), null);
    }

    /// <summary>The hash in a header; null without one, empty where it is none.</summary>
    private static string? Hash(HttpRequest request, string header)
        => request.Headers[header].ToString() is not { Length: > 0 } hash ? null : LogUploads.IsHash(hash) ? hash : "";
}
