using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Ingest.Following;

/// <summary>Which file it is, whatever its name: renaming keeps it, a new file has another, which may be that of one that is gone.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Number);

/// <summary>What tells whether a file may have changed.</summary>
/// <param name="Identity">Which file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was written last, in 100 ns since 1970.</param>
/// <param name="IsRegular">Neither a folder nor a pipe nor a device.</param>
internal readonly partial record struct FileStamp(FileIdentity Identity, long Size, long Modified, bool IsRegular)
{
    private const int WorkingFolder = -100;
    private const int OfDescriptor = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int NoSuchFile = 2;
    private const int NoFolder = 20;
    private const int KindMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>When the file was written last.</summary>
    public DateTimeOffset ModifiedAt => DateTimeOffset.UnixEpoch.AddTicks(Modified);

    /// <summary>The stamp of the file that a path leads to; null when it leads to none.</summary>
    /// <exception cref="IOException">The file cannot be asked.</exception>
    public static FileStamp? Of(string path) => Ask(WorkingFolder, path, 0);

    /// <summary>The stamp of an open file, also of one that has no name any more.</summary>
    /// <exception cref="IOException">The file cannot be asked.</exception>
    public static FileStamp Of(SafeFileHandle file)
    {
        var held = false;
        try
        {
            file.DangerousAddRef(ref held);
            return Ask((int)file.DangerousGetHandle(), "", OfDescriptor) ?? throw new IOException("the open file is gone");
        }
        finally
        {
            if (held)
                file.DangerousRelease();
        }
    }

    private static FileStamp? Ask(int folder, string path, int flags)
    {
        // The structure of this call is the same on every processor, which that of stat is not.
        Span<byte> answer = stackalloc byte[256];
        if (Ask(folder, path, flags, BasicFields, ref MemoryMarshal.GetReference(answer)) == 0)
            return Read(answer);
        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchFile or NoFolder ? null : throw new IOException(new Win32Exception(error).Message);
    }

    private static FileStamp Read(ReadOnlySpan<byte> answer)
    {
        var device = ((ulong)Number32(answer, 136) << 32) | Number32(answer, 140);
        var modified = ((long)Number64(answer, 112) * TimeSpan.TicksPerSecond) + (Number32(answer, 120) / TimeSpan.NanosecondsPerTick);
        var isRegular = (MemoryMarshal.Read<ushort>(answer[28..]) & KindMask) == RegularFile;
        return new FileStamp(new FileIdentity(device, Number64(answer, 32)), (long)Number64(answer, 40), modified, isRegular);
    }

    private static uint Number32(ReadOnlySpan<byte> answer, int place) => MemoryMarshal.Read<uint>(answer[place..]);

    private static ulong Number64(ReadOnlySpan<byte> answer, int place) => MemoryMarshal.Read<ulong>(answer[place..]);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int folder, string path, int flags, uint fields, ref byte answer);
}
