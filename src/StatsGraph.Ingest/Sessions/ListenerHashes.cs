using System.Runtime.CompilerServices;
using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Tells the listeners of a site apart by a keyed hash of address and user agent. The texts of several rows are gathered and hashed together.
/// For one thread alone.
/// </summary>
internal sealed class ListenerHashes
{
    private const int MostRows = 64;

    /// <summary>Bytes of the gathered texts: more than most user agents need.</summary>
    private const int MostBytes = MostRows * 512;

    private readonly SipHash24 key;
    private readonly byte[] site;
    private readonly byte[] bytes = new byte[MostBytes];
    private readonly TextPart[] texts = new TextPart[MostRows];
    private readonly int[] rows = new int[MostRows];
    private readonly ulong[] hashes = new ulong[MostRows];
    private int count;
    private int used;

    /// <summary>Prepares for the listeners of a site.</summary>
    public ListenerHashes(ReadOnlySpan<byte> key, string site)
    {
        this.key = new SipHash24(key);
        this.site = Encoding.UTF8.GetBytes(site + '\0');
    }

    /// <summary>Takes in the listener of a row, which has the hash after <see cref="Finish"/> at the latest.</summary>
    [MethodImpl(PerLine.Code)]
    public void Add(int row, ReadOnlySpan<byte> address, ReadOnlySpan<byte> userAgent, ParsedBlock parsed)
    {
        var length = site.Length + address.Length + 1 + userAgent.Length;
        if (count == MostRows || used + length > MostBytes)
            Finish(parsed);
        if (length > MostBytes)
        {
            parsed[row].Listener = (long)HashAlone(address, userAgent);
            return;
        }

        var text = bytes.AsSpan(used, length);
        site.CopyTo(text);
        address.CopyTo(text[site.Length..]);
        text[site.Length + address.Length] = 0;
        userAgent.CopyTo(text[(site.Length + address.Length + 1)..]);
        (rows[count], texts[count]) = (row, new TextPart(used, length));
        count++;
        used += length;
    }

    /// <summary>Gives the gathered rows their hashes.</summary>
    [MethodImpl(PerLine.Code)]
    public void Finish(ParsedBlock parsed)
    {
        key.HashEach(bytes, texts.AsSpan(0, count), hashes);
        for (var index = 0; index < count; index++)
            parsed[rows[index]].Listener = (long)hashes[index];
        (count, used) = (0, 0);
    }

    private ulong HashAlone(ReadOnlySpan<byte> address, ReadOnlySpan<byte> userAgent)
    {
        var state = key;
        state.Append(site);
        state.Append(address);
        state.Append([0]);
        state.Append(userAgent);
        return state.Finish();
    }
}
