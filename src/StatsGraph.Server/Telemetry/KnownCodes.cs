using System.Collections.Frozen;
using System.Reflection;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Telemetry;

/// <summary>The codes of errors that metrics tell apart.</summary>
internal static class KnownCodes
{
    /// <summary>What stands for all rules of validation: they are the library's, and many.</summary>
    public const string Validation = "VALIDATION";

    /// <summary>All of them.</summary>
    public static readonly FrozenSet<string> All = [.. Of(typeof(ErrorCodes)), .. Of(typeof(ReportErrorCodes))];

    /// <summary>The code, or what stands for it.</summary>
    public static string Bounded(string code) => All.Contains(code) ? code : Validation;

    private static IEnumerable<string> Of(Type codes)
        => codes.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
}
