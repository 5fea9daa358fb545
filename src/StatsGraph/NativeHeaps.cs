using System.Runtime.InteropServices;
using System.Text;

namespace StatsGraph;

/// <summary>
/// The heaps of the C library, of which DuckDB and Parquet take their memory. glibc makes up to eight of them for each core, spreads threads over
/// them and gives back little: a server that answers and takes logs on many threads grows for as long as it is busy. With few heaps what one thread
/// frees serves the next. glibc reads their number before a program begins, so the process has to begin again with it.
/// </summary>
internal static partial class NativeHeaps
{
    /// <summary>glibc's variable for the number of heaps; whoever sets it is left alone.</summary>
    private const string Variable = "MALLOC_ARENA_MAX";

    private const string Few = "2";

    /// <summary>
    /// Puts the same command with few heaps in the place of this one where it is to run for long: same process, arguments and streams. Comes back
    /// where it runs in that way already, where nothing is to be gained, or where it cannot be done.
    /// </summary>
    /// <param name="arguments">The words after <c>statsgraph</c>.</param>
    public static void Limit(IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsLinux() && arguments is ["serve" or "demo", ..] && Environment.GetEnvironmentVariable(Variable) is null
            && Environment.ProcessPath is { } program && CommandLine() is { } words && SetVariable(Variable, Few, 0) == 0)
        {
            _ = Execute(program, [.. words, null]);
        }
    }

    /// <summary>All words that the process was started with, the program's among them; null where the system does not tell.</summary>
    private static string[]? CommandLine()
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>Comes back only if it failed.</summary>
    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] words);
}
