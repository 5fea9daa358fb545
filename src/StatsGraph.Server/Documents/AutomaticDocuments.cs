using Microsoft.Extensions.Caching.Memory;

namespace StatsGraph.Server.Documents;

/// <summary>
/// Texts that clients sent once with their hash, so that the hash is enough from then on (automatic persisted queries). Bounded: what does not
/// fit is forgotten, and the client sends it again. Safe for any number of requests at once.
/// </summary>
/// <param name="bytes">Bytes that the texts may take.</param>
internal sealed class AutomaticDocuments(long bytes) : IDisposable
{
    /// <summary>Bytes of an entry beside its text, about.</summary>
    private const int Overhead = 512;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = bytes });

    /// <summary>The text of a hash, or null.</summary>
    public string? Find(string hash) => kept.Get<string>(hash);

    /// <summary>Keeps a text that has this hash.</summary>
    public void Keep(string hash, string text)
    {
        var size = ((long)text.Length * sizeof(char)) + Overhead;
        if (size <= bytes)
        {
            kept.Set(hash, text, new MemoryCacheEntryOptions { Size = size });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();
}
