using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StatsGraph.Ingest.Logs;

/// <summary>Tells files from pipes, sockets and devices, which .NET does not.</summary>
internal static partial class FileType
{
    private const int WorkingFolder = -100;
    private const uint TypeAndMode = 3;
    private const int SizeOfStatx = 256;
    private const int OffsetOfMode = 28;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Whether a path, or what it links to, is there and is neither a file nor a folder. False where that cannot be found out.</summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var status = new byte[SizeOfStatx];
        if (Statx(WorkingFolder, path, 0, TypeAndMode, status) != 0)
            return false;
        var mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(OffsetOfMode)) : BinaryPrimitives.ReadUInt16BigEndian(status.AsSpan(OffsetOfMode));
        return (mode & TypeMask) is not (RegularFile or Folder);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] status);
}
