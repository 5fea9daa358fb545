namespace StatsGraph.Lake;

/// <summary>
/// The secret under which lines and listeners are hashed: 32 random bytes in <c>lake.key</c> beside the lake, made once.
/// Whoever loses it can no longer tell known lines from new ones.
/// </summary>
public sealed class LakeKey
{
    private LakeKey(byte[] line, byte[] listener) => (Line, Listener) = (line, listener);

    /// <summary>16 bytes: the key for hashes of lines.</summary>
    public ReadOnlyMemory<byte> Line { get; }

    /// <summary>16 bytes: the key for hashes of listeners.</summary>
    public ReadOnlyMemory<byte> Listener { get; }

    /// <summary>
    /// Reads the key of a data folder, or makes it (exclusively, mode 0600) where there is no lake yet.
    /// </summary>
    /// <exception cref="LakeException">There is a lake but no key, or the key file is not 32 bytes long.</exception>
    public static LakeKey Open(string dataFolder) => throw new NotImplementedException(dataFolder);
}
