using ParquetSharp;

namespace StatsGraph.Lake.Disk;

/// <summary>Turns what disks and native readers throw into the room's one exception, which names the file.</summary>
internal static class Fault
{
    /// <summary>Does work on a file.</summary>
    /// <param name="path">The file or folder that the message shall name.</param>
    /// <param name="expected">What was to be done with it, as in "the commit could not be written".</param>
    /// <param name="work">The work.</param>
    /// <exception cref="LakeException">The work failed.</exception>
    public static T Naming<T>(string path, string expected, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ParquetException)
        {
            throw new LakeException($"{path}: {expected}: {Reason(exception)}", exception);
        }
    }

    /// <inheritdoc cref="Naming{T}"/>
    public static void Naming(string path, string expected, Action work)
        => Naming(path, expected, () =>
        {
            work();
            return true;
        });

    /// <summary>The native library wraps its reason: <c>mangled type (message: 'reason')</c>.</summary>
    private static string Reason(Exception exception)
    {
        const string Wrapping = "(message: '";
        var start = exception.Message.IndexOf(Wrapping, StringComparison.Ordinal);
        return exception is ParquetException && start >= 0
            ? exception.Message[(start + Wrapping.Length)..].TrimEnd(')').TrimEnd('\'') : exception.Message;
    }
}
