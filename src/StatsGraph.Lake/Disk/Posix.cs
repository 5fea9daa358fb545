using System.ComponentModel;
using System.Runtime.InteropServices;

namespace StatsGraph.Lake.Disk;

/// <summary>The calls of Unix that .NET does not offer.</summary>
internal static partial class Posix
{
    private const int FileExists = 17;
    private const int InvalidArgument = 22;
    private const int ReadOnly = 0;

    /// <summary>What a file system answers that cannot do it: EPERM, ENOSYS, EOPNOTSUPP.</summary>
    private static readonly int[] NoHardLinks = [1, 38, 95];

    /// <summary>Answers that say that nothing was done: ENOENT, EACCES, EXDEV, ENOTDIR, ENOSPC, EROFS, EMLINK, ENAMETOOLONG, ELOOP, EDQUOT.</summary>
    private static readonly int[] Refusals = [2, 13, 18, 20, 28, 30, 31, 36, 40, 122];
    private const int OneThread = 0;
    private const int LowestPriority = 19;

    /// <summary>Gives a file a second name, unless that name is taken.</summary>
    /// <returns>False when the name is taken.</returns>
    /// <exception cref="IOException">The file certainly has no such name.</exception>
    /// <exception cref="UncertainNameException">The answer was lost, and the file may have the name.</exception>
    public static bool TryLink(string existing, string name)
    {
        if (Link(existing, name) == 0)
            return true;

        var error = Marshal.GetLastPInvokeError();
        if (error == FileExists)
            return false;
        var failure = NoHardLinks.Contains(error) ? new IOException("the file system has no hard links, which commits need", Failure("link", error))
            : Failure("link", error);
        throw Refusals.Contains(error) || NoHardLinks.Contains(error) ? failure : new UncertainNameException(failure);
    }

    /// <summary>Makes the names in a folder survive a loss of power, where the file system can promise that at all.</summary>
    public static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw Failure("open", Marshal.GetLastPInvokeError());

        var failed = Flush(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed && error != InvalidArgument)
            throw Failure("fsync", error);
    }

    /// <summary>Lets all other threads go before the calling one, from now on. Where that is not allowed, nothing changes.</summary>
    public static void LowerPriority() => _ = SetPriority(OneThread, 0, LowestPriority);

    private static IOException Failure(string call, int error) => new($"{call}: {new Win32Exception(error).Message}");

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, uint who, int value);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
