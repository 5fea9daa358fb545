namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>
/// Codes of the errors that are not about an argument of a report; those are <see cref="Reports.ReportErrorCodes"/>.
/// The ones in HC are HotChocolate's and those of persisted queries Apollo's, for clients that know them. Rules of validation bear GraphQL.NET's names,
/// for example <c>FIELDS_ON_CORRECT_TYPE</c>.
/// </summary>
internal static class ErrorCodes
{
    public const string RequestInvalid = "HC0009";
    public const string RequestTooLarge = "HC0010";
    public const string SyntaxError = "HC0011";
    public const string QueryMissing = "HC0013";
    public const string VariableInvalid = "HC0016";
    public const string IntrospectionNotAllowed = "HC0046";
    public const string TooComplex = "HC0047";
    public const string DocumentNotTrusted = "HC0067";
    public const string DocumentNotFound = "PERSISTED_QUERY_NOT_FOUND";
    public const string HashMismatch = "PERSISTED_QUERY_HASH_MISMATCH";
    public const string OperationUnknown = "OPERATION_UNKNOWN";
    public const string OperationNotSupported = "OPERATION_NOT_SUPPORTED";
    public const string NotAcceptable = "NOT_ACCEPTABLE";
    public const string MediaTypeUnsupported = "MEDIA_TYPE_UNSUPPORTED";
    public const string NoTable = "NO_TABLE";
    public const string PreflightRequired = "PREFLIGHT_REQUIRED";
    public const string LakeUnreadable = "LAKE_UNREADABLE";
    public const string Timeout = "TIMEOUT";
    public const string Internal = "INTERNAL";
}
