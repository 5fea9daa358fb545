using GraphQL;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>What of a request is over which limit.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">For the one who asked: names the number, the limit, and the setting of it.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Actual">What was asked for; null where nobody counted to the end.</param>
internal sealed record Excess(string Code, string Message, long Limit, long? Actual = null)
{
    /// <summary>The excess of something counted, or null where it is within the limit.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="counted">What has been counted, in words that go before the limit.</param>
    /// <param name="actual">How many there are.</param>
    /// <param name="limit">How many are allowed.</param>
    /// <param name="setting">Name of the limit.</param>
    public static Excess? Of(string code, FormattableString counted, long actual, int limit, string setting)
        => actual <= limit ? null : new Excess(code, FormattableString.Invariant(counted) + Allowed(limit, setting), limit, actual);

    /// <summary>The end of a message about a limit.</summary>
    public static string Allowed(int limit, string setting)
        => FormattableString.Invariant($"; at most {limit} are allowed (setting Server:Limits:{setting}).");
}

/// <summary>The error that a request asks for too much.</summary>
internal sealed class ExcessError : ExecutionError
{
    public ExcessError(Excess excess)
        : base(excess.Message) => (Code, Excess) = (excess.Code, excess);

    public Excess Excess { get; }
}
