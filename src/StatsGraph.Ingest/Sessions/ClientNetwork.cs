using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// The network that is stored in place of an address: the /24 of an IPv4 address, the /48 of an IPv6 address, or none.
/// A number, so that rows hold nothing that has to be collected; its text is made when it is needed.
/// </summary>
internal readonly record struct ClientNetwork
{
    /// <summary>Bytes that a text takes at most.</summary>
    public const int MostTextBytes = 20;

    /// <summary>Bits that are kept of an IPv6 address.</summary>
    private const int Ipv6Bits = 48;

    private const ulong Ipv4Mark = 1UL << 62;
    private const ulong Ipv6Mark = 1UL << 63;

    /// <summary>The text of each byte and a dot.</summary>
    private static readonly uint[] Parts = [.. Enumerable.Range(0, 256).Select(PartOf)];

    private readonly ulong bits;

    private ClientNetwork(ulong bits) => this.bits = bits;

    /// <summary>The /24 of an IPv4 address.</summary>
    public static ClientNetwork Of(uint address) => new(Ipv4Mark | (address >> 8));

    /// <summary>The network of an address; none where there is no address.</summary>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? Of(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new ClientNetwork(Ipv6Mark | (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> (64 - Ipv6Bits)));
    }

    /// <summary>The network of a number that <see cref="Bits"/> gave.</summary>
    public static ClientNetwork OfBits(ulong bits) => new(bits);

    /// <summary>A number that tells it from all others; 0 where there is no network.</summary>
    public ulong Bits => bits;

    /// <summary>Whether there is a network: an opaque token has none.</summary>
    public bool IsKnown => bits != 0;

    /// <summary>Whether it is the network of an IPv4 address.</summary>
    public bool IsIpv4 => (bits & Ipv4Mark) != 0;

    /// <summary>The first 24 bits of an IPv4 address, or the first 48 of an IPv6 address.</summary>
    public ulong Prefix => bits & ~(Ipv4Mark | Ipv6Mark);

    /// <summary>The text; empty where there is no network.</summary>
    public string Text
    {
        get
        {
            Span<byte> text = stackalloc byte[MostTextBytes];
            return Encoding.ASCII.GetString(text[..Write(text)]);
        }
    }

    /// <summary>Writes the text and returns its length.</summary>
    [MethodImpl(PerLine.Code)]
    public int Write(Span<byte> text) => IsIpv4 ? WriteIpv4((uint)Prefix, text) : IsKnown ? WriteIpv6(Prefix, text) : 0;

    /// <summary>The text of a byte and a dot are written as one word, of which what is too much is written over.</summary>
    [MethodImpl(PerLine.Code)]
    private static int WriteIpv4(uint prefix, Span<byte> text)
    {
        var length = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            var part = Parts[(byte)(prefix >> shift)];
            BinaryPrimitives.WriteUInt32LittleEndian(text[length..], part);
            length += sizeof(uint) - (BitOperations.LeadingZeroCount(part) / 8);
        }

        text[length] = (byte)'0';
        return length + 1;
    }

    private static uint PartOf(int value)
    {
        Span<byte> text = stackalloc byte[sizeof(uint)];
        text.Clear();
        Utf8Formatter.TryFormat((byte)value, text, out var digits);
        text[digits] = (byte)'.';
        return BinaryPrimitives.ReadUInt32LittleEndian(text);
    }

    private static int WriteIpv6(ulong prefix, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, prefix << (64 - Ipv6Bits));
        new IPAddress(bytes).TryFormat(text, out var length);
        return length;
    }
}
