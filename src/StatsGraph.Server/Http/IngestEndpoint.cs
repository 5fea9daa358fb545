using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Lake;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>
/// Takes logs: a POST to <c>/ingest/SITE</c> whose body is an access log, plain, gzip, bzip2 or zstd, is read into the lake as it comes and answered
/// with the summary that <c>statsgraph ingest --json</c> prints. <see cref="UploadHeaders"/> has the rest of the protocol.
/// </summary>
internal sealed partial class IngestEndpoint
{
    /// <summary>Seconds after which one who was turned away may try again.</summary>
    private const string RetrySoon = "5";

    /// <summary>A sender may need so long to begin.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>As the command prints its summary.</summary>
    private static readonly JsonWriterOptions Json = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly LogUploads uploads;
    private readonly OtherSites others;
    private readonly CancellationToken stopping;
    private readonly ILogger logger;
    private readonly CallerPlaces places;

    /// <summary>Prepares the endpoint.</summary>
    /// <param name="uploads">Takes the logs.</param>
    /// <param name="others">Tells whose page asks.</param>
    /// <param name="logger">Told what the sender must not know.</param>
    /// <param name="mode">Whether senders are told from each other.</param>
    /// <param name="stopping">Cancelled when the server is being stopped.</param>
    public IngestEndpoint(LogUploads uploads, OtherSites others, ILogger logger, AccessMode mode, CancellationToken stopping)
    {
        // Nobody's logs, slow or many as they may be, leave no place for those of others.
        var most = uploads.Limits.MaximumUploads;
        places = new CallerPlaces(most, mode == AccessMode.Open ? most : Math.Max(1, most - 1));
        (this.uploads, this.others, this.stopping, this.logger) = (uploads, others, stopping, logger);
        uploads.LakeFailed += LogFailure;
    }

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ingest/{site}", GetAsync).Needs(Right.Token);
        app.MapPost("/ingest/{site}", PostAsync).Needs(Right.Token);
    }

    /// <summary>How far a log is known.</summary>
    private async Task GetAsync(HttpContext context)
    {
        var site = Site(context);
        var (log, before) = (Header(context, UploadHeaders.Log), Header(context, UploadHeaders.Before));
        var fault = Refusal(context, site) ?? others.Fault(context.Request)
            ?? (log is { } name && LogUploads.IsHash(name) ? null : UploadReader.Wrong(UploadHeaders.Log))
            ?? (before is null || LogUploads.IsHash(before) ? null : UploadReader.Wrong(UploadHeaders.Before));
        long offset = 0;
        if (fault is null && before is not null && !UploadReader.TryNumber(context.Request, UploadHeaders.Offset, out offset))
        {
            fault = UploadReader.Wrong(UploadHeaders.Offset);
        }

        if (fault is not null)
        {
            await Refusals.WriteAsync(context, fault);
            return;
        }

        try
        {
            await (before is null ? AnswerAsync("length", json => json.WriteNumberValue(uploads.KnownLength(site, log!)))
                : AnswerAsync("known", json => json.WriteBooleanValue(uploads.Knows(site, log!, offset, before))));
        }
        catch (LakeException failure)
        {
            LogFailure(failure);
            await Refusals.WriteAsync(context, new RequestFault(
                StatusCodes.Status503ServiceUnavailable, ErrorCodes.LakeUnreadable, ErrorMapping.UnreadableMessage));
        }

        Task AnswerAsync(string member, Action<Utf8JsonWriter> value) => WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName(member);
            value(json);
            json.WriteEndObject();
        });
    }

    /// <summary>A log, or a part of one.</summary>
    private async Task PostAsync(HttpContext context)
    {
        var site = Site(context);
        var fault = Refusal(context, site) ?? UploadReader.FormFault(context.Request);
        if (fault is not null)
        {
            await Refusals.WriteAsync(context, fault);
            return;
        }

        using var place = places.TryTake(Caller.Of(context).Name, out var limit);
        if (place is not null)
        {
            await TakeAsync(context, site);
            return;
        }

        context.Response.Headers.RetryAfter = RetrySoon;
        await Refusals.WriteAsync(context, new RequestFault(
            StatusCodes.Status503ServiceUnavailable,
            UploadFaultCodes.TooMany,
            FormattableString.Invariant(
                $"{limit} uploads {(limit < uploads.Limits.MaximumUploads ? "of this token " : "")}are being read already; try again in {RetrySoon} seconds (setting Server:Ingest:MaximumUploads)."))
        {
            Limit = limit,
        });
    }

    private async Task TakeAsync(HttpContext context, string site)
    {
        using var time = new CancellationTokenSource(uploads.Limits.MaximumTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted, time.Token);
        var (upload, fault) = UploadReader.Read(context.Request, site, uploads.Limits, exception => Explain(exception, time.Token), stop.Token);
        if (upload is null)
        {
            await Refusals.WriteAsync(context, fault!);
            return;
        }

        Bound(context);
        try
        {
            // Reading waits for the sender on its thread, which therefore is none that other requests need.
            var answer = await Task.Factory.StartNew(
                () => uploads.Take(upload), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await WriteAsync(context, answer);
        }
        catch (Exception failure) when (failure is LakeException or IngestException)
        {
            LogFailure(failure);
            context.Response.Headers.RetryAfter = RetrySoon;
            await Refusals.WriteAsync(context, new RequestFault(
                StatusCodes.Status503ServiceUnavailable,
                UploadFaultCodes.LakeUnwritable,
                "The lake cannot take lines for now; the log of the server says why."));
        }
    }

    /// <summary>Why the caller may send nothing, or null. To one who may not, a site and what is none are alike.</summary>
    private static RequestFault? Refusal(HttpContext context, string site)
        => !Caller.Of(context).MayIngest(site)
            ? new RequestFault(
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotAuthorized,
                "This token is not for that: expected one of the scope 'ingest' or 'admin' that is for this site.")
            : !SiteKey.IsValid(site) ? RequestFault.Invalid($"'{site}' is no site key; expected {SiteKey.Expectation}.") : null;

    private static string Site(HttpContext context) => (string)context.Request.RouteValues["site"]!;

    private static string? Header(HttpContext context, string name) => context.Request.Headers[name] is [{ } value] ? value : null;

    /// <summary>The upload's own limits hold in place of the server's.</summary>
    private void Bound(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            var least = uploads.Limits.MinimumBytesPerSecond;
            rate.MinDataRate = least == 0 ? null : new MinDataRate(least, Grace);
        }
    }

    private UploadFault Explain(Exception exception, CancellationToken time)
        => stopping.IsCancellationRequested
            ? new UploadFault(ErrorCodes.ServerStopping, "The server is being stopped; what was read until now is kept, send it again.")
            : time.IsCancellationRequested
                ? new UploadFault(
                    UploadFaultCodes.TooSlow,
                    FormattableString.Invariant(
                        $"The upload took longer than {uploads.Limits.MaximumTime.TotalSeconds:0} seconds; send it in parts (setting Server:Ingest:MaximumTime)."),
                    (long)uploads.Limits.MaximumTime.TotalSeconds)
            : exception is Microsoft.AspNetCore.Http.BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }
                ? new UploadFault(
                    UploadFaultCodes.TooSlow,
                    FormattableString.Invariant(
                        $"The body came more slowly than {uploads.Limits.MinimumBytesPerSecond} bytes a second (setting Server:Ingest:MinimumBytesPerSecond)."),
                    uploads.Limits.MinimumBytesPerSecond)
            : new UploadFault(UploadFaultCodes.Broken, "The connection broke before the body was read to its end; what was read until then is kept.");

    private static async Task WriteAsync(HttpContext context, UploadAnswer answer)
    {
        if (answer.Fault is not { } fault)
        {
            await WriteAsync(context, StatusCodes.Status200OK, answer.Write);
            return;
        }

        var status = fault.Code switch
        {
            UploadFaultCodes.TooSlow => StatusCodes.Status408RequestTimeout,
            ErrorCodes.ServerStopping or UploadFaultCodes.LakeUnwritable => StatusCodes.Status503ServiceUnavailable,
            UploadFaultCodes.Broken => StatusCodes.Status400BadRequest,
            UploadFaultCodes.Unreadable => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status413PayloadTooLarge,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetrySoon;
        }

        await WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("errors");
            json.WriteStartObject();
            json.WriteString("message", fault.Message);
            json.WriteStartObject("extensions");
            json.WriteString("code", fault.Code);
            if (fault.Limit is { } limit)
            {
                json.WriteNumber("limit", limit);
            }

            json.WritePropertyName("summary");
            answer.Write(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            write(json);
        }

        buffer.WriteByte((byte)'\n');
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.Headers.CacheControl = "no-store";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
    }

    [LoggerMessage(4, LogLevel.Error, "Reading an upload into the lake failed")]
    private partial void LogFailure(Exception exception);
}
