using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>
/// A file's content as memory that the system reads when it is looked at and may take back at any time. The file must never change; it may
/// lose its name. It is let go once nothing refers to the memory any more: nobody has to know who still reads.
/// </summary>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly SafeMemoryMappedViewHandle view;
    private readonly int length;

    private MappedFile(SafeMemoryMappedViewHandle view, int length) => (this.view, this.length) = (view, length);

    /// <summary>Maps a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="length">Bytes that it has, at least 1.</param>
    /// <exception cref="IOException">There is no such file, it cannot be read or is of another length.</exception>
    public static ReadOnlyMemory<byte> Open(string path, int length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (file.Length != length)
            throw new IOException(FormattableString.Invariant($"{path} has {file.Length} bytes and not {length}"));
        using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        // The accessor is nothing but a way to the view, whose handle lets go by its finalizer.
        var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle;
        return new MappedFile(view, length).Memory;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new((void*)view.DangerousGetHandle(), length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)view.DangerousGetHandle() + elementIndex, pinnable: this);

    /// <inheritdoc/>
    public override void Unpin()
    {
        // It lies where it is for as long as it is referred to.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            view.Dispose();
    }
}
