namespace StatsGraph.Ingest.Uploads;

/// <summary>What one upload may bring, and how. A setting <c>Server:Ingest:*</c> bears the name of each.</summary>
public sealed record UploadLimits
{
    /// <summary>The limits of a server that configures none.</summary>
    public static readonly UploadLimits Default = new();

    /// <summary>Least value of <see cref="MaximumUncompressedBytes"/>, so that a part that the command sends always fits.</summary>
    public const int LeastUncompressedBytes = 64 << 20;

    /// <summary>Least value of <see cref="MaximumLines"/>, for the same reason.</summary>
    public const int LeastLines = 1_000_000;

    /// <summary>Bytes of a body as they are sent.</summary>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of a body once it is unpacked.</summary>
    public long MaximumUncompressedBytes { get; init; } = 4L << 30;

    /// <summary>Bytes that one byte of a body may become by unpacking, on average; asked once there are <see cref="LeastUncompressedBytes"/>.</summary>
    public int MaximumRatio { get; init; } = 200;

    /// <summary>Lines of a body. Each takes about 9 bytes of memory while the upload is read, 16 where they are in no order.</summary>
    public int MaximumLines { get; init; } = 10_000_000;

    /// <summary>Bytes of a line. One longer than the default would have to be put together from several blocks.</summary>
    public int MaximumLineBytes { get; init; } = Logs.LogBlockReader.DefaultBlockSize;

    /// <summary>Uploads that are read at once; each takes memory for the lines of three commits.</summary>
    public int MaximumUploads { get; init; } = 4;

    /// <summary>Bytes a second that a sender has to bring, after a few seconds to begin with; 0 waits for as long as <see cref="MaximumTime"/> allows.</summary>
    public int MinimumBytesPerSecond { get; init; } = 240;

    /// <summary>Time that one upload may take.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromHours(1);
}
