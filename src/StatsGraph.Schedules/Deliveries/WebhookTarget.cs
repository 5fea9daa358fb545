using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StatsGraph.Schedules.Deliveries;

/// <summary>
/// An address that files are posted to, as the Standard Webhooks have it (https://www.standardwebhooks.com): one JSON object, the id of the delivery in
/// <c>webhook-id</c>, the time of the attempt in <c>webhook-timestamp</c>, and in <c>webhook-signature</c> the HMAC-SHA256 of id, time and body. The body
/// and the id are the same at each attempt, so that a receiver can tell what it has. No redirect is followed.
/// </summary>
/// <param name="address">The address: https, or http on this machine; see <see cref="IsAllowed"/>.</param>
/// <param name="secret">The secret that its receiver has, too.</param>
/// <param name="timeout">Longest time of an attempt.</param>
/// <param name="clock">Tells the time of an attempt.</param>
public sealed class WebhookTarget(Uri address, Secret secret, TimeSpan timeout, TimeProvider clock) : IDeliveryTarget
{
    /// <summary>What a secret begins with that is given in Base64.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>Fewest bytes of a secret.</summary>
    public const int LeastSecretBytes = 24;

    /// <inheritdoc/>
    public string Kind => "webhook";

    /// <summary>Where the address begins: a path or a query may be as good as a password.</summary>
    public string Address => address.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether files may be sent to an address: nobody else is to read them on the way.</summary>
    public static bool IsAllowed(Uri address)
        => address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>The bytes of a secret.</summary>
    /// <exception cref="ScheduleException">It is too short, or no Base64 although it begins so.</exception>
    public static byte[] KeyOf(string secret)
    {
        var isEncoded = secret.StartsWith(SecretPrefix, StringComparison.Ordinal);
        var key = new byte[secret.Length];
        var length = isEncoded && Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var written) ? written
            : isEncoded ? 0 : Encoding.UTF8.GetBytes(secret).Length;
        return length < LeastSecretBytes
            ? throw new ScheduleException(FormattableString.Invariant(
                $"the webhook's secret is too short; expected {LeastSecretBytes} bytes or more, or '{SecretPrefix}' and their Base64"))
            : isEncoded ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }

    /// <inheritdoc/>
    public async Task DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        var body = Body(delivery);
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(Signature(KeyOf(secret.Read()), delivery.Id, time, body)));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("StatsGraph", null));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = timeout };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                var status = (int)response.StatusCode;
                throw new ScheduleException(FormattableString.Invariant(
                    $"{Address} answered {status}{(status is >= 300 and < 400 ? ", a redirect, which is not followed" : "")}; expected 2xx"));
            }
        }
        catch (HttpRequestException failure)
        {
            throw new ScheduleException($"{Address}: {Secret.Redact(failure.GetBaseException().Message, address.PathAndQuery.Length > 1 ? address.PathAndQuery : null)}", failure);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new ScheduleException(FormattableString.Invariant($"{Address} did not answer within {timeout.TotalSeconds} s"), late);
        }
    }

    private static byte[] Signature(byte[] key, string id, string time, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        return HMACSHA256.HashData(key, signed);
    }

    /// <summary>The same bytes for the same delivery.</summary>
    private static byte[] Body(Delivery delivery)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "report.made");
            json.WriteString("timestamp", delivery.MadeAt.UtcDateTime);
            json.WriteStartObject("data");
            json.WriteString("id", delivery.Id);
            json.WriteString("schedule", delivery.Schedule);
            json.WriteString("site", delivery.Site);
            json.WriteString("period", delivery.Period);
            json.WriteString("due", delivery.Due.UtcDateTime);
            json.WriteString("title", delivery.Title);
            json.WriteStartArray("summary");
            foreach (var sentence in delivery.Summary)
                json.WriteStringValue(sentence);
            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var file in delivery.Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteString("mediaType", file.MediaType);
                json.WriteString("sha256", file.Sha256);
                json.WriteBase64String("content", file.Content.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
