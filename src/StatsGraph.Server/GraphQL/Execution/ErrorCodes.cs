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
    public const string TooManyFields = "TOO_MANY_FIELDS";
    public const string CostExceeded = "HC0047";
    public const string TooManyRootFields = "TOO_MANY_ROOT_FIELDS";
    public const string TooManyRepetitions = "TOO_MANY_REPETITIONS";
    public const string TooDeep = "TOO_DEEP";
    public const string TooManyArguments = "TOO_MANY_ARGUMENTS";
    public const string TooManyDirectives = "TOO_MANY_DIRECTIVES";
    public const string TooManyDirectivesPerLocation = "TOO_MANY_DIRECTIVES_PER_LOCATION";
    public const string TooManyVariables = "TOO_MANY_VARIABLES";
    public const string TooManyDefinitions = "TOO_MANY_DEFINITIONS";
    public const string ListTooLong = "LIST_TOO_LONG";
    public const string TooManyValues = "TOO_MANY_VALUES";
    public const string ValueTooDeep = "VALUE_TOO_DEEP";
    public const string TextTooLong = "TEXT_TOO_LONG";
    public const string LineTooLong = "LINE_TOO_LONG";
    public const string DocumentNotTrusted = "HC0067";
    public const string DocumentNotFound = "PERSISTED_QUERY_NOT_FOUND";
    public const string HashMismatch = "PERSISTED_QUERY_HASH_MISMATCH";
    public const string OperationUnknown = "OPERATION_UNKNOWN";
    public const string OperationNotSupported = "OPERATION_NOT_SUPPORTED";
    public const string NotAcceptable = "NOT_ACCEPTABLE";
    public const string MediaTypeUnsupported = "MEDIA_TYPE_UNSUPPORTED";
    public const string NoTable = "NO_TABLE";
    public const string PreflightRequired = "PREFLIGHT_REQUIRED";
    public const string OriginNotAllowed = "ORIGIN_NOT_ALLOWED";
    public const string TooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS";
    public const string StreamNotFound = "STREAM_NOT_FOUND";
    public const string StreamInUse = "STREAM_IN_USE";
    public const string OperationIdInvalid = "OPERATION_ID_INVALID";
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";
    public const string TooManyAttempts = "AUTH_TOO_MANY_ATTEMPTS";
    public const string TooManyRequests = "TOO_MANY_REQUESTS";
    public const string TooMuchCost = "TOO_MUCH_COST";
    public const string ProxyUnknown = "PROXY_UNKNOWN";
    public const string LakeUnreadable = "LAKE_UNREADABLE";
    public const string ProfileUnknown = "PROFILE_UNKNOWN";
    public const string IssuedReportDamaged = "ISSUED_REPORT_DAMAGED";
    public const string IssuedReportNotFound = "ISSUED_REPORT_NOT_FOUND";
    public const string ServerStopping = "SERVER_STOPPING";
    public const string Timeout = "TIMEOUT";
    public const string Internal = "INTERNAL";
}
