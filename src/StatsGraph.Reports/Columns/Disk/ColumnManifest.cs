using System.Text.Json;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>
/// What a site's folder of columns holds, and of what it was made. It is written last and put in place of the one before in one step, so that
/// whatever it names is there. What it does not name counts for nothing.
/// </summary>
internal sealed record ColumnManifest
{
    /// <summary>To be raised whenever the files or their meaning change: older ones are then made again.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Its name in the site's folder.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Format of all files.</summary>
    public required int Format { get; init; }

    /// <summary>Byte order of the numbers in them.</summary>
    public required bool IsLittleEndian { get; init; }

    /// <summary>Digest of what the site's configuration contributes.</summary>
    public required string Aliases { get; init; }

    /// <summary>Version of the lake that the columns are of.</summary>
    public required long Version { get; init; }

    /// <summary>Tells that version from those of other lakes; null where the log did not tell it any more.</summary>
    public required string? Mark { get; init; }

    /// <summary>Names of the site's files at that version.</summary>
    public required IReadOnlyList<string> LakeFiles { get; init; }

    /// <summary>The chunks in order.</summary>
    public required IReadOnlyList<StoredFile> Chunks { get; init; }

    /// <summary>The dictionaries and the names of the networks.</summary>
    public required StoredFile Texts { get; init; }

    /// <summary>Hashes of the listeners.</summary>
    public required StoredFile Listeners { get; init; }

    /// <summary>Checksum of all else in here.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>Names of all files that it needs.</summary>
    public IEnumerable<string> Files => Chunks.Append(Texts).Append(Listeners).Select(file => file.Name);

    /// <summary>Reads the manifest of a folder; null where there is none.</summary>
    /// <exception cref="UnusableColumnsException">It is damaged, of another format or of a machine of another kind.</exception>
    public static ColumnManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var manifest = JsonSerializer.Deserialize<ColumnManifest>(File.ReadAllBytes(path));
            if (manifest is null || manifest.Checksum != ChecksumOf(manifest))
                throw new UnusableColumnsException($"{FileName} has another checksum than the one it was written with");
            if (manifest.Format != CurrentFormat)
                throw new UnusableColumnsException(FormattableString.Invariant($"they are of format {manifest.Format} and not {CurrentFormat}"));
            return manifest.IsLittleEndian == BitConverter.IsLittleEndian ? manifest
                : throw new UnusableColumnsException("they are of a machine of another byte order");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UnusableColumnsException($"{FileName} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Puts this in place of the manifest of a folder, if there is one, once it is on disk.</summary>
    /// <exception cref="IOException">It cannot be written; the one before stays.</exception>
    public void Write(string folder)
    {
        var hidden = Path.Combine(folder, $".{FileName}.tmp");
        using (var file = new FileStream(hidden, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, this with { Checksum = ChecksumOf(this) }, Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(hidden, Path.Combine(folder, FileName), overwrite: true);
    }

    private static string ChecksumOf(ColumnManifest manifest) =>
        StoredFile.ChecksumOf(JsonSerializer.SerializeToUtf8Bytes(manifest with { Checksum = "" }));
}
