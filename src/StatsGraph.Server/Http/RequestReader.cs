using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>Why a request is no GraphQL request.</summary>
internal sealed record RequestFault(int Status, string Code, string Message)
{
    /// <summary>The limit that it is over, in bytes; null where it is over none.</summary>
    public int? Limit { get; init; }
}

/// <summary>Reads GraphQL requests by GraphQL over HTTP. A request that is none is a value, not an exception.</summary>
internal static class RequestReader
{
    /// <summary>Twice the same name would be two requests in one, of which readers on the way may see the other.</summary>
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private const string TwiceNamed = "The body is no JSON that everyone reads alike: an object in it has the same name twice.";

    private const string NoUnicode = "A text in the JSON is no Unicode: an escape stands for half a character.";

    private const string ExplainFault = "'explain' in 'extensions' is neither true nor false.";

    /// <summary>A request in the query string.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <param name="maximumBytes">Longest query string that is read.</param>
    public static (GraphQLRequest? Request, RequestFault? Fault) FromQuery(HttpRequest request, int maximumBytes)
    {
        if (request.QueryString.Value?.Length > maximumBytes)
        {
            return (null, new RequestFault(
                StatusCodes.Status414UriTooLong,
                ErrorCodes.RequestTooLarge,
                FormattableString.Invariant($"The query string is longer than {maximumBytes} bytes; a POST may be longer. (Setting Server:Limits:MaximumQueryStringBytes.)"))
            {
                Limit = maximumBytes,
            });
        }

        var parameters = request.Query;
        return parameters["query"].ToString() is not { Length: > 0 } query ? Missing("The parameter 'query' is missing.")
            : Value(parameters["variables"]) is not { } variables ? Invalid("The parameter 'variables' is no JSON object.")
            : Value(parameters["extensions"]) is not { } extensions ? Invalid("The parameter 'extensions' is no JSON object.")
            : ReadExplanation(extensions) is not { } explanation ? Invalid(ExplainFault)
            : (new GraphQLRequest(query, parameters["operationName"].ToString(), variables) { Explanation = explanation }, null);
    }

    /// <summary>A request in the body.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <param name="maximumBytes">Longest body that is read.</param>
    public static async Task<(GraphQLRequest? Request, RequestFault? Fault)> FromBodyAsync(HttpRequest request, int maximumBytes)
    {
        if (!MediaTypes.IsJson(request))
        {
            return (null, new RequestFault(
                StatusCodes.Status415UnsupportedMediaType,
                ErrorCodes.MediaTypeUnsupported,
                $"A body is {MediaTypes.Json} in UTF-8, not compressed; this one is '{request.ContentType}'."));
        }

        if (await BodyAsync(request, maximumBytes) is not { } body)
        {
            return (null, new RequestFault(
                StatusCodes.Status413PayloadTooLarge,
                ErrorCodes.RequestTooLarge,
                FormattableString.Invariant($"The body is longer than {maximumBytes} bytes. (Setting Server:Limits:MaximumBytes.)"))
            {
                Limit = maximumBytes,
            });
        }

        if (!Utf8.IsValid(body.Span))
        {
            return Invalid("The body is not in UTF-8.");
        }

        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body.Span, Strict);
            return IsUnicode(json) ? FromJson(json) : Invalid(NoUnicode);
        }
        catch (JsonException error)
        {
            return Invalid(error.LineNumber is null ? TwiceNamed : FormattableString.Invariant(
                $"The body is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}."));
        }
    }

    private static (GraphQLRequest? Request, RequestFault? Fault) FromJson(JsonElement body)
        => body.ValueKind != JsonValueKind.Object ? Invalid("The body is no JSON object; batches are not supported.")
            : Member(body, "query", JsonValueKind.String) is not { } query ? Invalid("'query' is no string.")
            : Member(body, "operationName", JsonValueKind.String) is not { } operationName ? Invalid("'operationName' is no string.")
            : Member(body, "variables", JsonValueKind.Object) is not { } variables ? Invalid("'variables' is no object.")
            : Member(body, "extensions", JsonValueKind.Object) is not { } extensions ? Invalid("'extensions' is no object.")
            : ReadExplanation(extensions) is not { } explanation ? Invalid(ExplainFault)
            : Text(query) is not { Length: > 0 } text ? Missing("'query' is missing.")
            : (new GraphQLRequest(text, Text(operationName), variables) { Explanation = explanation }, null);

    /// <summary>Whether the extensions ask for an explanation, null where that cannot be told. Extensions that nobody here knows are ignored.</summary>
    private static Explanation? ReadExplanation(JsonElement extensions)
        => extensions.ValueKind != JsonValueKind.Object || !extensions.TryGetProperty(Explain.Key, out var explain)
            ? Explanation.None
            : explain.ValueKind switch
            {
                JsonValueKind.True => Explanation.Given,
                JsonValueKind.False or JsonValueKind.Null => Explanation.None,
                _ => null,
            };

    /// <summary>Whether all texts can be read: the reader of JSON finds halves of surrogate pairs only when it is asked for the text.</summary>
    private static bool IsUnicode(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsUnicode),
                JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsUnicode(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member of a kind; undefined when it is absent or null, which is the same; null when it is of another kind.</summary>
    private static JsonElement? Member(JsonElement body, string name, JsonValueKind kind)
        => !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? default(JsonElement)
            : value.ValueKind == kind ? value
            : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A parameter that is a JSON object; undefined when it is absent, empty or null; null when it is anything else.</summary>
    private static JsonElement? Value(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return default(JsonElement);
        }

        try
        {
            var value = JsonSerializer.Deserialize<JsonElement>(json, Strict);
            return !IsUnicode(value) ? null
                : value.ValueKind is JsonValueKind.Object ? value
                : value.ValueKind is JsonValueKind.Null ? default(JsonElement)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body, or null when it is too long; no more of it is read than is allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, int maximumBytes)
    {
        if (request.ContentLength > maximumBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > maximumBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static (GraphQLRequest? Request, RequestFault? Fault) Missing(string message)
        => (null, new RequestFault(StatusCodes.Status400BadRequest, ErrorCodes.QueryMissing, message));

    private static (GraphQLRequest? Request, RequestFault? Fault) Invalid(string message)
        => (null, new RequestFault(StatusCodes.Status400BadRequest, ErrorCodes.RequestInvalid, message));
}
