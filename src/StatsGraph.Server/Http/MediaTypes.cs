using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Http;

/// <summary>How an answer is labelled, by GraphQL over HTTP. The label decides what the status says, too.</summary>
internal enum AnswerType
{
    /// <summary><c>application/json</c>: 200 for every well-formed request, whatever GraphQL makes of it.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: 400 where the document was not executed.</summary>
    GraphQLResponse,
}

/// <summary>Reads and writes the media types of requests and answers.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GraphQLResponse = "application/graphql-response+json";

    public const string EventStream = "text/event-stream";

    private static readonly MediaTypeHeaderValue EventStreamType = new(EventStream);
    private static readonly MediaTypeHeaderValue JsonType = new(Json);
    private static readonly MediaTypeHeaderValue GraphQLResponseType = new(GraphQLResponse);

    /// <summary>The Content-Type of an answer.</summary>
    public static string Header(AnswerType type) => (type == AnswerType.Json ? Json : GraphQLResponse) + "; charset=utf-8";

    /// <summary>
    /// What a request accepts: the newer type where it is named and liked no less, else <c>application/json</c>, which a wildcard,
    /// a missing header and one that cannot be read stand for, too. Null when neither type will do.
    /// </summary>
    public static AnswerType? Accepted(IHeaderDictionary headers)
    {
        if (headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(headers.Accept, out var ranges) || ranges.Count == 0)
        {
            return AnswerType.Json;
        }

        var json = Liking(ranges, JsonType);
        var response = Liking(ranges, GraphQLResponseType);
        return response.Named && response.Quality > 0 && response.Quality >= json.Quality ? AnswerType.GraphQLResponse
            : json.Quality > 0 ? AnswerType.Json
            : response.Quality > 0 ? AnswerType.GraphQLResponse
            : null;
    }

    /// <summary>
    /// Whether a request names the event stream, and not only by a wildcard: whoever does not name it does not expect answers without an end.
    /// </summary>
    public static bool NamesEventStream(IHeaderDictionary headers)
        => MediaTypeHeaderValue.TryParseList(headers.Accept, out var ranges)
            && Liking(ranges, EventStreamType) is { Named: true, Quality: > 0 };

    /// <summary>Whether a request is a browser's that wants a page.</summary>
    public static bool AcceptsHtml(IHeaderDictionary headers)
        => headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a body is JSON in UTF-8 and not compressed.</summary>
    public static bool IsJson(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && request.Headers.ContentEncoding.Count == 0;

    /// <summary>Quality of the most specific range that fits a type, and whether that range names it.</summary>
    private static (double Quality, bool Named) Liking(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        var best = ranges.Where(range => Fits(range, type)).MinBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0);
        return best is null ? (0, false) : (best.Quality ?? 1, !best.MatchesAllSubTypes);
    }

    /// <summary>Parameters other than the quality, such as a charset, do not matter: answers are UTF-8.</summary>
    private static bool Fits(MediaTypeHeaderValue range, MediaTypeHeaderValue type)
        => range.MatchesAllTypes
            || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
                && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase)));
}
