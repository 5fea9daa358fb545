using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>Runs programs one at a time and measures them whole, from start to end. Linux only.</summary>
internal static partial class MeasuredProcess
{
    private const int Children = -1;
    private const int SigTerm = 15;

    /// <summary>Runs a program. What it prints is thrown away, but for what it says when it fails.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit status than 0.</exception>
    public static Usage Run(string program, params IReadOnlyList<string> arguments) => Run(program, arguments, out _);

    /// <inheritdoc cref="Run(string, IReadOnlyList{string})"/>
    public static Usage Run(string program, IReadOnlyList<string> arguments, out string output)
    {
        var cpu = ChildrenCpu();
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEndAsync();
        long peak = 0;
        do
        {
            peak = Math.Max(peak, Peak(process.Id));
        }
        while (!process.WaitForExit(20));
        process.WaitForExit();
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output = printed.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? new Usage(wall, ChildrenCpu() - cpu, peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit status {process.ExitCode}: {complaint.GetAwaiter().GetResult()}");
    }

    /// <summary>High-water mark of a process's resident memory in bytes; 0 once it is gone.</summary>
    public static long Peak(int id) => Status(id, "VmHWM:");

    /// <summary>A process's resident memory in bytes; 0 once it is gone.</summary>
    public static long Resident(int id) => Status(id, "VmRSS:");

    /// <summary>Asks a process to end, as a service manager does.</summary>
    public static void Terminate(int id) => _ = Signal(id, SigTerm);

    private static long Status(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>CPU seconds of all child processes that ended and were waited for.</summary>
    private static double ChildrenCpu()
    {
        var usage = new long[18];
        if (GetUsage(Children, usage) != 0)
            throw new InvalidOperationException($"getrusage failed with error {Marshal.GetLastPInvokeError()}");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, [Out] long[] usage);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int id, int signal);
}
