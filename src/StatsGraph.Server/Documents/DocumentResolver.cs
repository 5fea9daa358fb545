using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Documents;

/// <summary>Finds the text of a request that names its document, and says which documents may be asked at all.</summary>
/// <param name="saved">The saved documents.</param>
/// <param name="automatic">What clients had kept.</param>
/// <param name="check">Tells which texts are worth keeping.</param>
/// <param name="trustedOnly">Whether nothing but saved documents may be asked.</param>
internal sealed class DocumentResolver(SavedDocuments saved, AutomaticDocuments automatic, DocumentCheck check, bool trustedOnly)
{
    /// <summary>What Apollo's clients look for; they send the text then.</summary>
    private const string NotFound = "PersistedQueryNotFound";

    /// <summary>The saved documents.</summary>
    public SavedDocuments Saved => saved;

    /// <summary>The request with its text, or why it is not answered.</summary>
    public (GraphQLRequest? Request, RequestFault? Fault) Resolve(GraphQLRequest request)
        => request.DocumentId.Length > 0 ? Named(request)
            : request.Query.Length == 0 ? Hashed(request)
            : Full(request);

    private (GraphQLRequest?, RequestFault?) Named(GraphQLRequest request)
        => Known(request.DocumentId, request) is { } known ? (known, null)
            : Refuse(ErrorCodes.DocumentNotFound, $"There is no saved document '{request.DocumentId}'.");

    private (GraphQLRequest?, RequestFault?) Hashed(GraphQLRequest request)
        => Known(request.Sha256, request) is { } known ? (known, null)
            : Refuse(ErrorCodes.DocumentNotFound, NotFound);

    /// <summary>The request with the text of a name or hash; null where nobody knows it.</summary>
    private GraphQLRequest? Known(string id, GraphQLRequest request)
        => saved.Find(id) is { } document ? request with { Query = document.Text, Saved = document.Name }
            : automatic.Find(id) is { } text ? request with { Query = text, Saved = saved.NameOf(text) }
            : null;

    private (GraphQLRequest?, RequestFault?) Full(GraphQLRequest request)
    {
        var hash = trustedOnly || request.Sha256.Length > 0 ? SavedDocument.HashOf(request.Query) : "";
        if (request.Sha256.Length > 0 && request.Sha256 != hash)
        {
            return (null, RequestFault.Invalid("The 'sha256Hash' in 'extensions' is not that of 'query'.", ErrorCodes.HashMismatch));
        }

        if (trustedOnly)
        {
            return saved.Find(hash) is { } document ? (request with { Saved = document.Name }, null)
                : Refuse(ErrorCodes.DocumentNotTrusted, "Only persisted operations are allowed: this server answers its saved documents and no others.");
        }

        if (request.Sha256.Length > 0 && check.IsWorthKeeping(request.Query))
        {
            automatic.Keep(hash, request.Query);
        }

        return (request with { Saved = saved.NameOf(request.Query) }, null);
    }

    /// <summary>Such requests are well-formed: how their refusal is told is up to the media type.</summary>
    private static (GraphQLRequest?, RequestFault?) Refuse(string code, string message) => (null, new RequestFault(Status: null, code, message));
}
