using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using StatsGraph.Compliance;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>What an error says to the one who asked: its message, its code, the wrong value or the limit, and nothing of the inside.</summary>
internal sealed class ErrorMapping : IErrorInfoProvider
{
    /// <summary>Characters of a message or value. What was asked comes back in them, and may be as long as the request.</summary>
    private const int MaximumLength = 500;

    /// <summary>What an unexpected error says.</summary>
    public const string InternalMessage = "Something unexpected went wrong. The log of the server says what, or standard error where no server runs.";

    /// <summary>What an error says when a file of the lake is not what it must be: its path is not for everyone who asks.</summary>
    public const string UnreadableMessage =
        "The lake cannot be read: a file of it is missing or damaged. The log of the server names it, or standard error where no server runs.";

    /// <summary>What an error says when an issued report is not what was issued.</summary>
    public const string DamagedMessage =
        "An issued report cannot be read: its file is missing or damaged. The log of the server names it, or standard error where no server runs.";

    private static readonly ErrorMapping Shared = new();

    public ErrorInfo GetInfo(ExecutionError executionError)
        => Reason(executionError) is { } reason ? Info(reason.Message, reason.Code, reason.Value, reason.Limit) : executionError switch
        {
            { InnerException: LakeException } => Info(UnreadableMessage, ErrorCodes.LakeUnreadable, requestId: RequestId.Current),
            { InnerException: ComplianceException } => Info(DamagedMessage, ErrorCodes.IssuedReportDamaged, requestId: RequestId.Current),
            UnhandledError => Info(InternalMessage, ErrorCodes.Internal, requestId: RequestId.Current),
            CostExceeded exceeded => Info(exceeded),
            ExcessError { Excess: var excess } => Info(excess.Message, excess.Code, limit: excess.Limit, actual: excess.Actual),
            InvalidVariableError => Info(executionError.Message, ErrorCodes.VariableInvalid),
            _ => Info(
                executionError.Message, executionError.Code,
                requestId: executionError.Code is ErrorCodes.Internal or ErrorCodes.LakeUnreadable ? RequestId.Current : null),
        };

    /// <summary>The codes of the errors of a result; none stand for errors without.</summary>
    public static IReadOnlyList<string> CodesOf(ExecutionResult result)
        => result.Errors is not { Count: > 0 } errors ? [] : [.. errors.Select(error => Shared.GetInfo(error).Extensions?["code"] as string ?? "")];

    /// <summary>The wrong argument behind an error, if that is what it is: thrown by a field, or by a scalar that read it.</summary>
    public static ReportException? Reason(ExecutionError error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is ReportException reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static ErrorInfo Info(CostExceeded exceeded)
    {
        var info = Info(exceeded.Message, exceeded.Code);
        foreach (var (name, number) in exceeded.Numbers)
        {
            info.Extensions![name] = number;
        }

        return info;
    }

    private static ErrorInfo Info(
        string message, string? code, string? value = null, long? limit = null, long? actual = null, string? requestId = null)
    {
        var extensions = new Dictionary<string, object?>();
        if (!string.IsNullOrEmpty(code))
        {
            extensions["code"] = code;
        }

        if (value is not null)
        {
            extensions["value"] = Shorten(value);
        }

        if (limit is not null)
        {
            extensions["limit"] = limit;
        }

        if (actual is not null)
        {
            extensions["actual"] = actual;
        }

        if (requestId is not null)
        {
            extensions["requestId"] = requestId;
        }

        return new ErrorInfo { Message = Shorten(message), Extensions = extensions.Count == 0 ? null : extensions };
    }

    /// <summary>The text without its middle where it is too long: messages begin with the value and end with what is expected.</summary>
    private static string Shorten(string text)
    {
        if (text.Length <= MaximumLength)
        {
            return text;
        }

        var head = char.IsHighSurrogate(text[(MaximumLength / 2) - 1]) ? (MaximumLength / 2) - 1 : MaximumLength / 2;
        var tail = char.IsLowSurrogate(text[^(MaximumLength / 2)]) ? (MaximumLength / 2) - 1 : MaximumLength / 2;
        return string.Concat(text.AsSpan(0, head), " ... ", text.AsSpan(text.Length - tail));
    }
}
