using System.Security.Cryptography;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake;

/// <summary>
/// The secret under which lines and listeners are hashed: 32 random bytes in <c>lake.key</c> beside the lake, made once.
/// Whoever loses it can no longer tell known lines from new ones.
/// </summary>
public sealed class LakeKey
{
    private const int Length = 32;

    private LakeKey(byte[] secret) => (Line, Listener) = (secret.AsMemory(0, 16), secret.AsMemory(16));

    /// <summary>16 bytes: the key for hashes of lines.</summary>
    public ReadOnlyMemory<byte> Line { get; }

    /// <summary>16 bytes: the key for hashes of listeners.</summary>
    public ReadOnlyMemory<byte> Listener { get; }

    /// <summary>
    /// Reads the key of a data folder, or makes it (exclusively, mode 0600) where there is no lake yet.
    /// Processes that make it at the same time end with the same key.
    /// </summary>
    /// <exception cref="LakeException">There is a lake but no key, or the key file is not 32 bytes long, or the disk fails.</exception>
    public static LakeKey Open(string dataFolder)
    {
        var folder = new LakeFolder(Path.GetFullPath(dataFolder));
        return Fault.Naming(folder.Key, "the lake's key could not be read or made", () => new LakeKey(ReadOrMake(folder)));
    }

    /// <summary>
    /// Reads the key of a data folder and writes nothing. Where there is no lake yet there is nothing to compare with: then it is a key of
    /// the moment, kept nowhere.
    /// </summary>
    /// <exception cref="LakeException">As from <see cref="Open"/>.</exception>
    public static LakeKey OpenToCompare(string dataFolder)
    {
        var folder = new LakeFolder(Path.GetFullPath(dataFolder));
        return Fault.Naming(
            folder.Key,
            "the lake's key could not be read",
            () => new LakeKey(Read(folder) ?? (HasCommits(folder) ? ReadAfterCommit(folder) : RandomNumberGenerator.GetBytes(Length))));
    }

    private static byte[] ReadOrMake(LakeFolder folder)
    {
        if (Read(folder) is { } known)
            return known;

        if (!HasCommits(folder))
            Make(folder);
        return ReadAfterCommit(folder);
    }

    private static bool HasCommits(LakeFolder folder) => folder.Commits().Any() || folder.Checkpoints().Any();

    /// <summary>Where there are commits another process may have made the key just before its first commit.</summary>
    private static byte[] ReadAfterCommit(LakeFolder folder)
        => Read(folder) ?? throw new LakeException(
            $"{folder.Key}: the lake in {folder.Table} has lines but its key is missing; restore the file from a backup, "
            + "since known lines and listeners cannot be recognised under another key");

    private static byte[]? Read(LakeFolder folder)
    {
        if (!File.Exists(folder.Key))
            return null;

        var secret = File.ReadAllBytes(folder.Key);
        return secret.Length == Length ? secret
            : throw new LakeException(
                $"{folder.Key}: the key has {secret.Length} bytes, expected {Length}; restore the file from a backup");
    }

    private static void Make(LakeFolder folder)
    {
        Folder.Create(folder.Data);
        AtomicFile.TryCreate(folder.Key, RandomNumberGenerator.GetBytes(Length), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Folder.Flush(folder.Data);
    }
}
