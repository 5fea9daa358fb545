using StatsGraph.Ingest.Uploads;

namespace StatsGraph.Configuration;

/// <summary>Reads what a log that is sent to the server may bring: <c>Server:Ingest</c>, whose settings bear the names of <see cref="UploadLimits"/>.</summary>
internal static class UploadLimitsReader
{
    /// <summary>Settings of uploads.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        nameof(UploadLimits.MaximumBytes), nameof(UploadLimits.MaximumUncompressedBytes), nameof(UploadLimits.MaximumRatio),
        nameof(UploadLimits.MaximumLines), nameof(UploadLimits.MaximumLineBytes), nameof(UploadLimits.MaximumUploads),
        nameof(UploadLimits.MinimumBytesPerSecond), nameof(UploadLimits.MaximumTime),
    ];

    /// <summary>Reads and checks the limits.</summary>
    /// <exception cref="CommandException">One is unknown or out of its range; the message names it.</exception>
    public static UploadLimits Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        var limits = UploadLimits.Default;
        return new UploadLimits
        {
            MaximumBytes = section.Long(nameof(limits.MaximumBytes), limits.MaximumBytes, minimum: UploadLimits.LeastUncompressedBytes, maximum: 1L << 40),
            MaximumUncompressedBytes = section.Long(
                nameof(limits.MaximumUncompressedBytes), limits.MaximumUncompressedBytes, minimum: UploadLimits.LeastUncompressedBytes, maximum: 1L << 40),
            MaximumRatio = section.Integer(nameof(limits.MaximumRatio), limits.MaximumRatio, minimum: 10, maximum: 100_000),
            MaximumLines = section.Integer(nameof(limits.MaximumLines), limits.MaximumLines, minimum: UploadLimits.LeastLines, maximum: 1_000_000_000),
            MaximumLineBytes = section.Integer(nameof(limits.MaximumLineBytes), limits.MaximumLineBytes, minimum: 64 << 10, maximum: 64 << 20),
            MaximumUploads = section.Integer(nameof(limits.MaximumUploads), limits.MaximumUploads, minimum: 1, maximum: 1_000),
            MinimumBytesPerSecond = section.Integer(nameof(limits.MinimumBytesPerSecond), limits.MinimumBytesPerSecond, minimum: 0, maximum: 1 << 30),
            MaximumTime = section.Length(nameof(limits.MaximumTime), limits.MaximumTime),
        };
    }
}
