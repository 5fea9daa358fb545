using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Why a connection or an operation on one is not begun, or no longer.</summary>
internal static class LiveRefusals
{
    /// <summary>Places come back when somebody goes, and servers when somebody starts them; nobody knows when.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Too many requests are being answered for the same caller.</summary>
    public static RequestFault TooManyAtOnce { get; } = new(
        StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyRequests, "These are too many requests in a short time, or at once.");

    /// <summary>The server is being stopped, and the connection would only be closed again.</summary>
    public static RequestFault Stopping { get; } = new(
        StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServerStopping, "The server is being stopped; connect again when it is back.")
    {
        RetryAfter = Pause,
    };

    /// <summary>There is no place for one more subscription or connection.</summary>
    /// <param name="limit">How many there may be.</param>
    public static RequestFault TooMany(int limit) => new(
        StatusCodes.Status429TooManyRequests,
        ErrorCodes.TooManySubscriptions,
        FormattableString.Invariant($"There are {limit} subscriptions or connections for them already, which are the most that are allowed (settings Server:Live:Maximum*)."))
    {
        Limit = limit,
        RetryAfter = Pause,
    };

    /// <inheritdoc cref="TooMany"/>
    public static Task<Answer> TooManyAsync(int limit, CancellationToken cancellation) => Refusals.AnswerAsync(TooMany(limit), cancellation);

    /// <summary>What was shown when the connection was opened is worth nothing any more, or something else.</summary>
    public static Task<Answer> NoLongerAsync() => Refusals.AnswerAsync(
        new RequestFault(
            StatusCodes.Status401Unauthorized,
            ErrorCodes.NotAuthenticated,
            "The token of this subscription has expired, was revoked or is for other sites now."),
        CancellationToken.None);
}
