using System.Diagnostics;
#if FAIL_POINTS
using System.Globalization;
#endif

namespace StatsGraph.Lake.Disk;

/// <summary>
/// Lets a test build die, as by SIGKILL, at one of the <c>FailPoints</c>. In a release build the calls are not there.
/// </summary>
internal static class FailPoint
{
#if FAIL_POINTS
    private static readonly string[] Chosen = (Environment.GetEnvironmentVariable(FailPoints.Variable) ?? "").Split(':');
    private static readonly int Passes = Chosen.Length > 1 ? int.Parse(Chosen[1], CultureInfo.InvariantCulture) : 1;
    private static int passed;
#endif

    /// <summary>A point is reached.</summary>
    /// <param name="path">The file that is being written.</param>
    /// <param name="step">What has just happened.</param>
    /// <exception cref="InvalidOperationException">The point is not on the list, so that no test would know of it.</exception>
    [Conditional("FAIL_POINTS")]
    public static void Reach(string path, string step)
    {
#if FAIL_POINTS
        var name = $"{FileNames.KindOf(path).ToString().ToLowerInvariant()}.{step}";
        if (!FailPoints.All.Contains(name))
            throw new InvalidOperationException($"the fail point {name} of {path} is not on the list");
        if (name != Chosen[0] || Interlocked.Increment(ref passed) != Passes)
            return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
#endif
    }
}
