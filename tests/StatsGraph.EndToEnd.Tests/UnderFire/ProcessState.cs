using System.Globalization;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>What a process holds at a moment.</summary>
/// <param name="OwnBytes">Memory that is its own; files that it maps are not, for the system takes those back when it needs to.</param>
/// <param name="Handles">Open files and connections.</param>
/// <param name="Threads">Threads.</param>
public sealed record ProcessState(long OwnBytes, int Handles, int Threads)
{
    /// <summary>The state of a running process.</summary>
    /// <param name="process">Its number.</param>
    public static ProcessState Of(int process)
    {
        var lines = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return new(
            1_024 * Number(lines["RssAnon"].Replace("kB", "", StringComparison.Ordinal)),
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            (int)Number(lines["Threads"]));
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
