using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>Asks a server over HTTP, and times it from sending a question until the last byte of its answer. Safe for many at once.</summary>
internal sealed class Asker(Uri graphQL) : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, UseProxy = false })
    {
        Timeout = TimeSpan.FromMinutes(10),
    };

    /// <summary>Asks once.</summary>
    public Reply Ask(string query, object variables) => AskAsync(query, variables).GetAwaiter().GetResult();

    /// <inheritdoc cref="Ask"/>
    public async Task<Reply> AskAsync(string query, object variables)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new { Query = query, Variables = variables }, Web);
        using var content = new ByteArrayContent(text);
        content.Headers.ContentType = Json;
        var sent = Stopwatch.GetTimestamp();
        using var response = await http.PostAsync(graphQL, content);
        var body = await response.Content.ReadAsByteArrayAsync();
        return new Reply(Stopwatch.GetElapsedTime(sent).TotalMilliseconds, (int)response.StatusCode, body);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}

/// <summary>An answer.</summary>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Reply(double Milliseconds, int Status, byte[] Body)
{
    /// <summary>Its data, or what is wrong with it.</summary>
    public bool TryRead(out JsonElement data, out string fault)
    {
        (data, fault) = (default, "");
        if (Status == 200)
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(Body);
            if (!answer.TryGetProperty("errors", out _))
            {
                data = answer.GetProperty("data");
                return true;
            }
        }

        fault = $"status {Status}: {System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 500)))}";
        return false;
    }

    /// <summary>Its data.</summary>
    /// <exception cref="InvalidOperationException">It has errors, or is none.</exception>
    public JsonElement Data() => TryRead(out var data, out var fault) ? data : throw new InvalidOperationException($"the server answered with {fault}");
}
