using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>wrk, which asks one and the same as often as it can with 64 connections, on the same cores as the server.</summary>
internal static partial class Wrk
{
    private const string Program = "/usr/bin/wrk";

    /// <summary>Whether it is on this machine.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Requests a second.</summary>
    /// <param name="seconds">For how long.</param>
    /// <param name="url">What to get, or where to post to.</param>
    /// <param name="script">A Lua script that makes the request; null for a GET.</param>
    /// <exception cref="InvalidOperationException">Some requests failed.</exception>
    public static double Run(int seconds, Uri url, string? script = null)
    {
        string[] arguments = ["-t2", "-c64", string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"), url.AbsoluteUri];
        MeasuredProcess.Run(Program, script is null ? arguments : [.. arguments, "-s", script], out var output);
        if (Failures().Match(output) is { Success: true } failures)
            throw new InvalidOperationException($"wrk {url}: {failures.Value}");
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex("(Non-2xx|Socket errors).*")]
    private static partial Regex Failures();
}
