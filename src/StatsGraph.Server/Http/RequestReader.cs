using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>Why a request is not executed.</summary>
/// <param name="Status">Status of the response; null for that of a well-formed request which GraphQL refuses.</param>
/// <param name="Code">Code of the error.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record RequestFault(int? Status, string Code, string Message)
{
    /// <summary>The request is no GraphQL request.</summary>
    public static RequestFault Invalid(string message, string code = ErrorCodes.RequestInvalid)
        => new(StatusCodes.Status400BadRequest, code, message);

    /// <summary>The limit that it is over, in bytes or in places; null where it is over none.</summary>
    public long? Limit { get; init; }

    /// <summary>How long to wait, where it is one too many; else null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Reads GraphQL requests by GraphQL over HTTP. A request that is none is a value, not an exception.</summary>
internal static class RequestReader
{
    /// <summary>Twice the same name would be two requests in one, of which readers on the way may see the other.</summary>
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private const string TwiceNamed = "The body is no JSON that everyone reads alike: an object in it has the same name twice.";

    private const string NoUnicode = "A text in the JSON is no Unicode: an escape stands for half a character.";

    private const string ExplainFault = "'explain' in 'extensions' is neither true nor false.";
    private const string OperationIdFault = "'operationId' in 'extensions' is no string.";
    private const string HashFault = "'persistedQuery' in 'extensions' is no object with the version 1 and a 'sha256Hash'.";

    /// <summary>A request in the query string.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <param name="maximumBytes">Longest query string that is read.</param>
    /// <param name="documentId">The saved document that the path names; then no parameter does. Null where the path names none.</param>
    public static (GraphQLRequest? Request, RequestFault? Fault) FromQuery(HttpRequest request, int maximumBytes, string? documentId = null)
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
        var query = documentId is null ? parameters["query"].ToString() : "";
        var id = documentId ?? (parameters["documentId"] is { Count: > 0 } documentIds ? documentIds : parameters["id"]).ToString();
        return Value(parameters["variables"]) is not { } variables ? Invalid("The parameter 'variables' is no JSON object.")
            : Value(parameters["extensions"]) is not { } extensions ? Invalid("The parameter 'extensions' is no JSON object.")
            : Compose(
                new GraphQLRequest(query, parameters["operationName"].ToString(), variables) { DocumentId = id },
                extensions,
                "The parameter 'query' is missing; expected a GraphQL document, or the 'id' of a saved one.");
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

    /// <summary>JSON that everyone reads alike, or null: no name twice in an object, and texts that are Unicode.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return Utf8.IsValid(text) && JsonSerializer.Deserialize<JsonElement>(text, Strict) is var json && IsUnicode(json) ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A request that is one JSON object.</summary>
    public static (GraphQLRequest? Request, RequestFault? Fault) FromJson(JsonElement body)
        => body.ValueKind != JsonValueKind.Object ? Invalid("The body is no JSON object; batches are not supported.")
            : Member(body, "query", JsonValueKind.String) is not { } query ? Invalid("'query' is no string.")
            : Member(body, "operationName", JsonValueKind.String) is not { } operationName ? Invalid("'operationName' is no string.")
            : Member(body, "variables", JsonValueKind.Object) is not { } variables ? Invalid("'variables' is no object.")
            : Member(body, "extensions", JsonValueKind.Object) is not { } extensions ? Invalid("'extensions' is no object.")
            : Member(body, "id", JsonValueKind.String) is not { } id ? Invalid("'id' is no string.")
            : Member(body, "documentId", JsonValueKind.String) is not { } documentId ? Invalid("'documentId' is no string.")
            : Compose(
                new GraphQLRequest(Text(query) ?? "", Text(operationName), variables) { DocumentId = Text(documentId) ?? Text(id) ?? "" },
                extensions,
                "'query' is missing; expected a GraphQL document, or the 'id' of a saved one.");

    /// <summary>The request with what the extensions say, if it says what is to be executed.</summary>
    private static (GraphQLRequest? Request, RequestFault? Fault) Compose(GraphQLRequest request, JsonElement extensions, string missing)
        => ReadExplanation(extensions) is not { } explanation ? Invalid(ExplainFault)
            : ReadHash(extensions) is not { } hash ? Invalid(HashFault)
            : ReadOperationId(extensions) is not { } operationId ? Invalid(OperationIdFault)
            : request.Query.Length + request.DocumentId.Length + hash.Length == 0 ? Missing(missing)
            : request.Query.Length > 0 && request.DocumentId.Length > 0
                ? Invalid("There is a document and the name of one; either has to be left out.")
            : (request with { Explanation = explanation, Sha256 = hash, OperationId = operationId }, null);

    /// <summary>How the client calls the operation on its event stream; empty where it does not say, null where it cannot be read.</summary>
    private static string? ReadOperationId(JsonElement extensions)
        => extensions.ValueKind != JsonValueKind.Object || !extensions.TryGetProperty("operationId", out var id) || id.ValueKind == JsonValueKind.Null
            ? "" : Text(id);

    /// <summary>The hash of the document by Apollo's automatic persisted queries; empty without one, null where it cannot be read.</summary>
    private static string? ReadHash(JsonElement extensions)
        => extensions.ValueKind != JsonValueKind.Object
            || !extensions.TryGetProperty("persistedQuery", out var persisted)
            || persisted.ValueKind == JsonValueKind.Null ? ""
            : persisted.ValueKind == JsonValueKind.Object
                && persisted.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt32(out var number) && number == 1
                && persisted.TryGetProperty("sha256Hash", out var hash) && Text(hash) is { Length: > 0 } text ? text
            : null;

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
        => (null, RequestFault.Invalid(message, ErrorCodes.QueryMissing));

    private static (GraphQLRequest? Request, RequestFault? Fault) Invalid(string message) => (null, RequestFault.Invalid(message));
}
