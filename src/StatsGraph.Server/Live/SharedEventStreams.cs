using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// Event streams of many operations: the single connection mode of graphql-sse, for browsers open few connections to one server. A PUT reserves a
/// stream and answers with its token, a GET with the token opens it, once; POSTs with the token begin operations on it, and a DELETE ends one.
/// </summary>
internal sealed class SharedEventStreams(
    LiveOperations operations, LiveConnections connections, GraphQLEndpoint answers, LiveOptions limits, TimeProvider clock)
{
    private const string TokenHeader = "X-GraphQL-Event-Stream-Token";
    private const string TokenParameter = "token";
    private const string OperationParameter = "operationId";

    /// <summary>Characters of the name of an operation.</summary>
    public const int MaximumIdLength = 256;

    private const int TokenBytes = 16;

    /// <summary>A stream that is reserved and not opened is given up then.</summary>
    private static readonly TimeSpan Reserved = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Stream> streams = new(StringComparer.Ordinal);

    /// <summary>The token that a request bears; empty for none.</summary>
    public static string TokenOf(HttpRequest request)
        => request.Headers[TokenHeader].ToString() is { Length: > 0 } token ? token : request.Query[TokenParameter].ToString();

    /// <summary>Reserves a stream.</summary>
    public async Task ReserveAsync(HttpContext context)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var connection = new LiveConnection(Standing.Of(context), limits, clock);
        var entry = connections.TryAdd(connection, () => LookAfter(token, connection), out var full);
        if (entry is null)
        {
            connection.Dispose();
            await answers.RefuseAsync(context, full!);
            return;
        }

        streams[token] = new Stream(connection, entry);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(token, context.RequestAborted);
    }

    /// <summary>Opens the stream of a token for the one who reserved it.</summary>
    public async Task OpenAsync(HttpContext context)
    {
        var token = TokenOf(context.Request);
        if (Find(context) is not { } stream)
        {
            await answers.RefuseAsync(context, NotFound);
            return;
        }

        if (!stream.TryOpen())
        {
            await answers.RefuseAsync(context, new RequestFault(
                StatusCodes.Status409Conflict, ErrorCodes.StreamInUse, "The event stream of this token is open already; a PUT reserves another."));
            return;
        }

        // What is told on it was begun by requests of their own.
        Standing.Of(context).Dispose();
        stream.Connection.Abort = context.Abort;
        try
        {
            await EventStreams.RunAsync(context, stream.Connection, () => Task.CompletedTask, isForOne: false);
        }
        finally
        {
            Forget(token);
        }
    }

    /// <summary>Begins an operation, whose answers go to the stream: 202. Why it is not executed is answered as to any other request.</summary>
    public async Task BeginAsync(HttpContext context, GraphQLRequest? request, RequestFault? fault)
    {
        if (request is null || fault is not null)
        {
            await answers.AnswerAsync(context, request, fault);
            return;
        }

        if (Find(context)?.Connection is not { } connection)
            await answers.RefuseAsync(context, NotFound);
        else if (request.OperationId.Length is 0 or > MaximumIdLength)
            await answers.RefuseAsync(context, BadId);
        else if (!connection.TryBegin(request.OperationId, out var operation))
            await answers.RefuseAsync(context, Twice(request.OperationId));
        else if (operation is null)
            await answers.RefuseAsync(context, LiveRefusals.TooMany(limits.MaximumPerConnection));
        else
            await BeginAsync(context, request, connection, operation);
    }

    /// <summary>Ends an operation.</summary>
    public Task EndAsync(HttpContext context)
    {
        var id = context.Request.Query[OperationParameter].ToString();
        if (Find(context)?.Connection is not { } connection)
            return answers.RefuseAsync(context, NotFound);
        if (id.Length is 0 or > MaximumIdLength)
            return answers.RefuseAsync(context, BadId);
        connection.End(id);
        return Task.CompletedTask;
    }

    private async Task BeginAsync(HttpContext context, GraphQLRequest request, LiveConnection connection, LiveOperation operation)
    {
        try
        {
            if (await operations.BeginAsync(request, operation) is { } refusal)
            {
                connection.End(request.OperationId);
                await answers.WriteAsync(context, refusal);
                return;
            }
        }
        catch (OperationCanceledException) when (operation.Stopped.IsCancellationRequested)
        {
            // The operation was ended, or its stream, before it began.
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static RequestFault NotFound { get; } = new(
        StatusCodes.Status404NotFound,
        ErrorCodes.StreamNotFound,
        $"There is no event stream of this token; a PUT reserves one, and it is asked for with the header {TokenHeader}.");

    private static RequestFault BadId { get; } = RequestFault.Invalid(
        FormattableString.Invariant(
            $"The operation has no name of 1 to {MaximumIdLength} characters; expected 'operationId' in 'extensions', or as the parameter of a DELETE."),
        ErrorCodes.OperationIdInvalid);

    private static RequestFault Twice(string id) => new(
        StatusCodes.Status409Conflict, ErrorCodes.OperationIdInvalid, $"The event stream has an operation '{id}' already.");

    /// <summary>The stream of a request's token, if the one who asks reserved it.</summary>
    private Stream? Find(HttpContext context)
        => streams.TryGetValue(TokenOf(context.Request), out var stream) && stream.Connection.Standing.Caller.Name == Caller.Of(context).Name
            ? stream : null;

    private void LookAfter(string token, LiveConnection connection)
    {
        if (connection.IsOpen)
            connection.KeepAlive();
        else if (connections.IsStopping || connection.IsBarred || connection.Age >= Reserved)
            Forget(token);
    }

    private void Forget(string token)
    {
        if (streams.TryRemove(token, out var stream))
            stream.Entry.Dispose();
    }

    private sealed record Stream(LiveConnection Connection, IDisposable Entry)
    {
        private int isOpened;

        public bool TryOpen() => Interlocked.Exchange(ref isOpened, 1) == 0;
    }
}
