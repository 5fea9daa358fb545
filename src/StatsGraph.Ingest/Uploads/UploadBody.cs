using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Uploads;

/// <summary>The bytes of an upload as they come, no more of them than are allowed. Reading waits on its thread, and ends when it is told to.</summary>
internal sealed class UploadBody(Upload upload, long maximumBytes) : ForwardStream(upload.Body)
{
    private readonly byte[] buffer = new byte[1 << 16];
    private long count;

    /// <summary>Bytes so far.</summary>
    public long Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    /// <exception cref="UploadException">There are too many, they come no more, or nobody waits for them any more.</exception>
    public override int Read(Span<byte> target)
    {
        var most = Math.Min(target.Length, buffer.Length);
        var read = Receive(most);
        Volatile.Write(ref count, count + read);
        if (count > maximumBytes)
        {
            throw new UploadException(new UploadFault(
                UploadFaultCodes.TooLarge,
                FormattableString.Invariant($"The body is longer than {maximumBytes} bytes; send it in parts, or compressed (setting Server:Ingest:MaximumBytes)."),
                maximumBytes));
        }

        buffer.AsSpan(0, read).CopyTo(target);
        return read;
    }

    private int Receive(int most)
    {
        try
        {
            upload.Stop.ThrowIfCancellationRequested();
            return Inner.ReadAsync(buffer.AsMemory(0, most), upload.Stop).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            throw new UploadException(upload.Explain(exception), exception);
        }
    }
}
