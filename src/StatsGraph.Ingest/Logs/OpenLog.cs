using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Ingest.Logs;

/// <summary>A log that is being read. Reading and decompressing run ahead on a thread of their own.</summary>
internal sealed class OpenLog : IDisposable
{
    /// <summary>Blocks that wait to be parsed at most.</summary>
    private const int BlocksAhead = 4;

    private readonly CountingStream file;
    private readonly SafeFileHandle? handle;
    private readonly LogBlockReader reader;
    private readonly BlockingCollection<LogBlock> blocks = new(BlocksAhead);
    private readonly CancellationTokenSource stop = new();
    private readonly Task reading;

    private OpenLog(CountingStream file, SafeFileHandle? handle, LogBlockReader reader, bool isCompressed, bool isChecked = false)
    {
        IsChecked = isChecked;
        this.file = file;
        this.handle = handle;
        this.reader = reader;
        IsCompressed = isCompressed;
        reading = Task.Factory.StartNew(ReadBlocks, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>An archive: its end is the end of the log, and nothing can be added to it.</summary>
    public bool IsCompressed { get; }

    /// <summary>Whether checksums stand behind the content of what is itself no archive: a log that was compressed for its way only.</summary>
    public bool IsChecked { get; }

    /// <summary>Whether the log can be read again from its start.</summary>
    public bool CanReopen => handle is not null;

    /// <summary>Bytes on disk read so far.</summary>
    public long BytesRead => file.Count;

    /// <summary>Why the log could not be read to its end; of use behind the last block.</summary>
    public BrokenLogException? Break => reader.Break;

    /// <summary>Opens a log.</summary>
    /// <exception cref="BrokenLogException">It cannot be opened, or is of a kind that is not read.</exception>
    public static OpenLog Open(LogFile log, Func<Stream> standardInput, int blockSize)
    {
        CountingStream? file = null;
        try
        {
            var stream = log.Path is null ? standardInput() : OpenFile(log.Path);
            // Asked for before another thread reads: that may move the file's position.
            var handle = log.Path is not null && stream is FileStream { CanSeek: true } seekable ? seekable.SafeFileHandle : null;
            file = new CountingStream(stream is FileStream onDisk && log.Path is not null ? new WatchedFile(onDisk) : stream);
            var content = OpenContent(file, log.Name, out var isCompressed);
            return new OpenLog(file, handle, new LogBlockReader(content, blockSize), isCompressed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new BrokenLogException($"it cannot be read: {exception.Message}", exception);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a log that others write to.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="handle">The file.</param>
    /// <param name="content">Its bytes from the start of a line on, as far as they are there; ends with the log.</param>
    /// <param name="isStart">Whether that is the start of the log, where an archive shows that it is one.</param>
    /// <param name="blockSize">As of <see cref="LogBlockReader"/>.</param>
    /// <exception cref="BrokenLogException">It cannot be read, or is of a kind that is not read.</exception>
    public static OpenLog Follow(string name, SafeFileHandle handle, Stream content, bool isStart, int blockSize)
    {
        var file = new CountingStream(content);
        try
        {
            var isCompressed = false;
            var plain = isStart ? OpenContent(file, name, out isCompressed) : file;
            return new OpenLog(file, handle, new LogBlockReader(plain, blockSize), isCompressed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokenLogException($"it cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Opens a log that comes over the network, once.</summary>
    /// <param name="content">Its uncompressed bytes.</param>
    /// <param name="isClosed">Whether their end is the end of the log.</param>
    /// <param name="blockSize">As of <see cref="LogBlockReader"/>.</param>
    public static OpenLog Receive(CheckedStream content, bool isClosed, int blockSize)
        => new(new CountingStream(Stream.Null), handle: null, new LogBlockReader(content, blockSize), isClosed, isChecked: true);

    /// <summary>The blocks of the log in order, each to be disposed of by the caller.</summary>
    public IEnumerable<LogBlock> Blocks(CancellationToken cancellation)
    {
        foreach (var block in blocks.GetConsumingEnumerable(cancellation))
            yield return block;
        reading.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Unpacks an archive to its end, to see whether it vouches for lines that were read of it before it has been read to its end. One that
    /// cannot be read twice is not checked.
    /// </summary>
    /// <exception cref="BrokenLogException">It does not.</exception>
    /// <exception cref="OperationCanceledException">The check was ended.</exception>
    public void Check(CancellationToken cancellation)
    {
        if (handle is not null)
            ArchiveCheck.Run(handle, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        // Standard input may block for ever: its thread is left to end with the process.
        if (CanReopen || reading.IsCompleted)
        {
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
            foreach (var block in blocks)
                block.Dispose();
            reader.Dispose();
            blocks.Dispose();
            stop.Dispose();
        }
    }

    /// <summary>Damage in the first bytes of an archive must not make it a text of thousands of lines that nobody wrote.</summary>
    private static Stream OpenContent(CountingStream file, string name, out bool isCompressed)
    {
        var content = Archive.Open(file, out isCompressed);
        if (!isCompressed && file.Count > 0 && Archive.IsName(name))
            throw new BrokenLogException("it is named like an archive but does not begin like one; expected gzip, bzip2 or zstd, or another name for plain text");
        return content;
    }

    private static FileStream OpenFile(string path)
        => new(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });

    private void ReadBlocks()
    {
        try
        {
            while (reader.Next() is { } block)
                blocks.Add(block, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader of the blocks went away.
        }
        finally
        {
            blocks.CompleteAdding();
        }
    }
}
