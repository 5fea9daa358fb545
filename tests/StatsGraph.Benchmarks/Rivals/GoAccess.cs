using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Rivals;

/// <summary>GoAccess, which makes a JSON report of a log. It places nobody and knows no sessions; it is measured as a whole process.</summary>
internal static class GoAccess
{
    private const string Program = "/usr/bin/goaccess";

    /// <summary>Whether it is on this machine.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Reads a log into a report.</summary>
    public static Usage Run(string log, string report) => MeasuredProcess.Run(
        Program, log, "--log-format=%h %^ %^ [%d:%t %^] \"%r\" %s %b \"%R\" \"%u\" %T", "--date-format=%d/%b/%Y", "--time-format=%T",
        "--no-global-config", "--no-progress", "-o", report);
}
