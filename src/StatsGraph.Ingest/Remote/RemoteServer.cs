using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using StatsGraph.Ingest.Uploads;

namespace StatsGraph.Ingest.Remote;

/// <summary>The server that logs are sent to. What may be well in a moment is tried again; all else ends the run or the log.</summary>
internal sealed class RemoteServer : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(1_000);

    /// <summary>A longer body is sent once the server has said that it wants it.</summary>
    private const int LongBody = 256 << 10;

    private const int MostAnswerBytes = 16 << 20;

    private readonly RemoteOptions options;
    private readonly HttpClient client;
    private readonly Uri address;

    /// <summary>Prepares; nothing is sent yet.</summary>
    public RemoteServer(RemoteOptions options)
    {
        this.options = options;
        address = new Uri($"{options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/ingest/{options.Site}");
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            Expect100ContinueTimeout = AnswerTimeout,
            UseCookies = false,
        })
        {
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = MostAnswerBytes,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("statsgraph", null));
        if (options.Token is { } token)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>How far the server knows a log; 0 where it knows nothing of it.</summary>
    public async Task<long> KnownLengthAsync(string log, CancellationToken cancellation)
    {
        HttpRequestMessage Request() => new(HttpMethod.Get, address) { Headers = { { UploadHeaders.Log, log } } };
        using var answer = await AskAsync(Request, failed: null, cancellation).ConfigureAwait(false);
        return answer.RootElement.TryGetProperty("length", out var length) && length.TryGetInt64(out var known) ? known : throw Stranger("no 'length'");
    }

    /// <summary>Whether the server knows the first bytes of a log.</summary>
    public async Task<bool> KnowsAsync(string log, long length, string hash, CancellationToken cancellation)
    {
        HttpRequestMessage Request() => new(HttpMethod.Get, address)
        {
            Headers = { { UploadHeaders.Log, log }, { UploadHeaders.Offset, Text(length) }, { UploadHeaders.Before, hash } },
        };
        using var answer = await AskAsync(Request, failed: null, cancellation).ConfigureAwait(false);
        return answer.RootElement.TryGetProperty("known", out var known) && known.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? known.GetBoolean() : throw Stranger("no 'known'");
    }

    /// <summary>Sends a part until the server has all of it.</summary>
    /// <param name="log">Names the log.</param>
    /// <param name="part">The part.</param>
    /// <param name="body">Its body.</param>
    /// <param name="failed">Handed the summary of an attempt that failed when some of its lines were committed.</param>
    /// <param name="cancellation">Ends the sending.</param>
    /// <returns>The server's summary of the part.</returns>
    /// <exception cref="RemoteRefusal">The server takes no such part.</exception>
    /// <exception cref="IngestException">The server cannot be reached, is none, or lets the sender do nothing.</exception>
    public Task<JsonDocument> SendAsync(string log, LogPart part, byte[] body, Action<JsonElement> failed, CancellationToken cancellation)
    {
        HttpRequestMessage Request()
        {
            var request = Post(body, UploadHeaders.PartType);
            var headers = request.Headers;
            headers.Add(UploadHeaders.Log, log);
            headers.Add(UploadHeaders.Offset, Text(part.Offset));
            headers.Add(UploadHeaders.Length, Text(part.Length));
            headers.Add(UploadHeaders.Repeats, Text(part.RepeatsLength));
            if (part.Before is { } before)
                headers.Add(UploadHeaders.Before, before);
            if (part.After is { } after)
                headers.Add(UploadHeaders.After, after);
            if (part.IsCut)
                headers.Add(UploadHeaders.Cut, "1");
            return request;
        }

        return AskAsync(Request, failed, cancellation);
    }

    /// <summary>Sends a playlist until the server has all of it.</summary>
    /// <param name="body">All of it, compressed by zstd.</param>
    /// <param name="failed">As of <see cref="SendAsync"/>, which has the errors, too.</param>
    /// <param name="cancellation">Ends the sending.</param>
    /// <returns>The server's summary.</returns>
    public Task<JsonDocument> SendPlaysAsync(byte[] body, Action<JsonElement> failed, CancellationToken cancellation)
    {
        HttpRequestMessage Request()
        {
            var request = Post(body, MediaTypeNames.Application.Octet);
            request.Headers.Add(UploadHeaders.Plays, "1");
            return request;
        }

        return AskAsync(Request, failed, cancellation);
    }

    private HttpRequestMessage Post(byte[] body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Content.Headers.ContentEncoding.Add("zstd");
        request.Headers.ExpectContinue = body.Length > LongBody;
        if (options.DryRun)
            request.Headers.Add(UploadHeaders.DryRun, "1");
        return request;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<JsonDocument> AskAsync(Func<HttpRequestMessage> make, Action<JsonElement>? failed, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, trouble) = await TryAskAsync(make, failed, cancellation).ConfigureAwait(false);
            if (answer is not null)
                return answer;
            if (attempt == options.Attempts)
                throw new IngestException($"{address}: {trouble!.Message}; gave up after {attempt} attempts; what was sent before is kept, run it again");
            var pause = trouble!.Pause ?? options.FirstPause * Math.Pow(2, attempt - 1);
            pause = pause < options.LongestPause ? pause : options.LongestPause;
            options.Tell(FormattableString.Invariant($"{address}: {trouble.Message}; trying again in {pause.TotalSeconds:0.#} s"));
            await Task.Delay(pause, options.Clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(JsonDocument? Answer, Trouble? Trouble)> TryAskAsync(
        Func<HttpRequestMessage> make, Action<JsonElement>? failed, CancellationToken cancellation)
    {
        try
        {
            using var request = make();
            using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            var answer = Parse(await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
            if (response.StatusCode == HttpStatusCode.OK && answer is not null)
                return (answer, null);
            using (answer)
                return (null, Judge(response, answer, failed));
        }
        catch (HttpRequestException exception)
        {
            return (null, Judge(exception));
        }
        catch (IOException exception)
        {
            return (null, new Trouble($"the connection broke: {exception.Message}"));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new Trouble(FormattableString.Invariant($"no answer within {options.Timeout.TotalSeconds:0} s")));
        }
    }

    private Trouble Judge(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => throw new IngestException(
            $"{address}: no secure connection: {exception.GetBaseException().Message}; expected a certificate that this machine trusts, for this name",
            exception),
        HttpRequestError.NameResolutionError => throw new IngestException(
            $"{address}: no machine has the name '{address.Host}'; expected the address of a StatsGraph server", exception),
        HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError => throw Stranger("no HTTP", exception),
        HttpRequestError.ConnectionError => new Trouble($"it cannot be reached: {exception.GetBaseException().Message}"),
        HttpRequestError.ConfigurationLimitExceeded => throw Stranger("an answer that is too long", exception),
        _ => new Trouble($"the connection broke: {exception.GetBaseException().Message}"),
    };

    /// <summary>What an answer that is no success means; returns where it may be another one in a moment.</summary>
    private Trouble Judge(HttpResponseMessage response, JsonDocument? answer, Action<JsonElement>? failed)
    {
        var status = (int)response.StatusCode;
        var (message, summary) = ReadError(answer);
        if (summary is { } some)
            failed?.Invoke(some);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                throw new IngestException(
                    options.Token is null ? $"{address}: the server asks for a token (401); expected one by --token-file, STATSGRAPH_TOKEN, the setting Token or --token"
                        : $"{address}: the server does not know the token (401); expected one that it was given and that still holds");
            case HttpStatusCode.Forbidden:
                throw new IngestException(
                    $"{address}: {(options.Token is null ? "who has no token" : "the token")} may not send logs for site '{options.Site}' (403)"
                    + $"{(message is null ? "" : ": " + message)}");
            case HttpStatusCode.RequestEntityTooLarge when message is null:
                throw new IngestException($"{address}: what stands before the server takes no body of that size (413); expected a proxy that takes 32 MiB");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                return new Trouble($"the server answers {status}{(message is null ? "" : ": " + message.TrimEnd('.'))}", PauseOf(response));
            default:
                if (status is >= 300 and < 400)
                    throw new IngestException($"{address}: it is elsewhere ({status}); give the address that it names: {response.Headers.Location}");
                throw message is not null && failed is not null ? new RemoteRefusal($"the server refuses it ({status}): {message}")
                    : Stranger(message is null ? $"{status} {response.Content.Headers.ContentType?.MediaType}".TrimEnd() : $"{status}: {message}");
        }
    }

    private TimeSpan? PauseOf(HttpResponseMessage response)
        => response.Headers.RetryAfter is not { } after ? null
            : after.Delta ?? (after.Date - options.Clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero);

    private IngestException Stranger(string got, Exception? inner = null)
    {
        var message = $"{address}: no StatsGraph server that takes logs answers there, got {got}; expected the address that 'statsgraph serve' shows";
        return inner is null ? new IngestException(message) : new IngestException(message, inner);
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The message of the first error, and the summary of what was committed all the same.</summary>
    private static (string? Message, JsonElement? Summary) ReadError(JsonDocument? answer)
    {
        if (answer is null || !answer.RootElement.TryGetProperty("errors", out var errors)
            || errors.ValueKind != JsonValueKind.Array || errors.GetArrayLength() == 0
            || !errors[0].TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
            return (null, null);
        return (
            message.GetString(),
            errors[0].TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("summary", out var summary)
                ? summary.Clone() : null);
    }

    /// <summary>What may be well in a moment.</summary>
    /// <param name="Message">What it is.</param>
    /// <param name="Pause">Time that the server asks for; null where it does not.</param>
    private sealed record Trouble(string Message, TimeSpan? Pause = null);
}

/// <summary>The server does not take a part of a log, and will not: the log ends there, others may be sent.</summary>
internal sealed class RemoteRefusal(string message) : Exception(message);
