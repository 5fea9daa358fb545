using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using StatsGraph.Lake;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>What an error says to the one who asked: its message, its code and the wrong value, and nothing of the inside.</summary>
internal sealed class ErrorMapping : IErrorInfoProvider
{
    /// <summary>What an unexpected error says.</summary>
    public const string InternalMessage = "Something unexpected went wrong. The log of the server says what, or standard error where no server runs.";

    /// <summary>What an error says when a file of the lake is not what it must be: its path is not for everyone who asks.</summary>
    public const string UnreadableMessage =
        "The lake cannot be read: a file of it is missing or damaged. The log of the server names it, or standard error where no server runs.";

    public ErrorInfo GetInfo(ExecutionError executionError)
        => Reason(executionError) is { } reason ? Info(reason.Message, reason.Code, reason.Value) : executionError switch
        {
            { InnerException: LakeException } => Info(UnreadableMessage, ErrorCodes.LakeUnreadable),
            UnhandledError => Info(InternalMessage, ErrorCodes.Internal),
            InvalidVariableError => Info(executionError.Message, ErrorCodes.VariableInvalid),
            _ => Info(executionError.Message, executionError.Code),
        };

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

    private static ErrorInfo Info(string message, string? code, string? value = null)
    {
        var extensions = new Dictionary<string, object?>();
        if (!string.IsNullOrEmpty(code))
        {
            extensions["code"] = code;
        }

        if (value is not null)
        {
            extensions["value"] = value;
        }

        return new ErrorInfo { Message = message, Extensions = extensions.Count == 0 ? null : extensions };
    }
}
