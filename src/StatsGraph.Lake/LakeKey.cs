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
    private const int FingerprintLength = 8;

    /// <summary>Entry of the table's configuration.</summary>
    private const string FingerprintName = "statsgraph.keyFingerprint";

    private const string Restore =
        "restore the file from a backup, since known lines and listeners cannot be recognised under another key";

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

    /// <summary>Checks that the key file is there and is the one that a table was made with, if the table says which one that was.</summary>
    /// <exception cref="LakeException">The key is missing or another one, or cannot be read.</exception>
    internal static void Check(LakeFolder folder, IReadOnlyDictionary<string, string?> configuration)
    {
        if (configuration.GetValueOrDefault(FingerprintName) is not { } expected)
            return;
        if (Fingerprint(folder) is not { } fingerprint)
            throw Missing(folder);
        if (fingerprint != expected)
        {
            throw new LakeException(
                $"{folder.Key}: the key is not the one that the lake in {folder.Table} was made with; {Restore}");
        }
    }

    /// <summary>What the configuration of a new table says of the key: enough to tell it from another one. Empty where there is no key.</summary>
    /// <exception cref="LakeException">The key cannot be read.</exception>
    internal static IReadOnlyDictionary<string, string?> Configuration(LakeFolder folder)
    {
        var fingerprint = Fingerprint(folder);
        return new Dictionary<string, string?>(fingerprint is null ? [] : [KeyValuePair.Create(FingerprintName, (string?)fingerprint)]);
    }

    /// <summary>The secret is 256 random bits, so its hash gives nothing away.</summary>
    private static string? Fingerprint(LakeFolder folder)
        => Fault.Naming(folder.Key, "the lake's key could not be read", () =>
            Read(folder) is { } secret ? Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, FingerprintLength)) : null);

    /// <summary>Reads the key of a data folder and writes nothing; null where there is none because there is no lake yet.</summary>
    /// <exception cref="LakeException">As from <see cref="Open"/>.</exception>
    public static LakeKey? Find(string dataFolder)
    {
        var folder = new LakeFolder(Path.GetFullPath(dataFolder));
        return Fault.Naming(
            folder.Key,
            "the lake's key could not be read",
            () => (Read(folder) ?? (folder.HasRows() ? Read(folder) ?? throw Missing(folder) : null)) is { } secret ? new LakeKey(secret) : null);
    }

    /// <summary>
    /// Reads the key of a data folder and writes nothing. Where there is no lake yet there is nothing to compare with: then it is a key of
    /// the moment, kept nowhere.
    /// </summary>
    /// <exception cref="LakeException">As from <see cref="Open"/>.</exception>
    public static LakeKey OpenToCompare(string dataFolder) => Find(dataFolder) ?? new LakeKey(RandomNumberGenerator.GetBytes(Length));

    private static byte[] ReadOrMake(LakeFolder folder)
    {
        if (Read(folder) is { } known)
            return known;

        if (!folder.HasRows())
            Make(folder);
        // Where there are lines another process may have made the key just before it wrote them.
        return Read(folder) ?? throw Missing(folder);
    }

    private static byte[]? Read(LakeFolder folder)
    {
        if (!File.Exists(folder.Key))
            return null;

        var secret = File.ReadAllBytes(folder.Key);
        return secret.Length == Length ? secret
            : throw new LakeException(
                $"{folder.Key}: the key has {secret.Length} bytes, expected {Length}; restore the file from a backup");
    }

    private static LakeException Missing(LakeFolder folder)
        => new($"{folder.Key}: the lake in {folder.Table} has lines but its key is missing; {Restore}");

    private static void Make(LakeFolder folder)
    {
        Folder.Create(folder.Data);
        AtomicFile.TryCreate(folder.Key, RandomNumberGenerator.GetBytes(Length), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FailPoint.Reach(folder.Key, "hidden-removed");
        Folder.Flush(folder.Data);
        FailPoint.Reach(folder.Key, "folder-flushed");
    }
}
