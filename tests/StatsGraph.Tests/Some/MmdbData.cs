using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace StatsGraph.Tests.Some;

/// <summary>
/// A data section: dictionaries (maps), lists (arrays), strings, double, float, bool, ushort, uint, ulong, int and byte arrays.
/// </summary>
internal sealed class MmdbData
{
    private readonly List<byte> bytes = [];

    /// <summary>Writes a record; returns its offset.</summary>
    public int Add(object value)
    {
        var offset = bytes.Count;
        Write(value);
        return offset;
    }

    public byte[] ToArray() => [.. bytes];

    private void Write(object value)
    {
        switch (value)
        {
            case string text: WriteSized(MmdbType.Utf8, Encoding.UTF8.GetBytes(text)); break;
            case byte[] blob: WriteSized(MmdbType.Bytes, blob); break;
            case double number: WriteSized(MmdbType.Double, BigEndian(BitConverter.DoubleToUInt64Bits(number), 8)); break;
            case float number: WriteSized(MmdbType.Float, BigEndian(BitConverter.SingleToUInt32Bits(number), 4)); break;
            case bool truth: WriteControl(MmdbType.Boolean, truth ? 1 : 0); break;
            case ushort number: WriteSized(MmdbType.UInt16, Shortest(number)); break;
            case uint number: WriteSized(MmdbType.UInt32, Shortest(number)); break;
            case ulong number: WriteSized(MmdbType.UInt64, Shortest(number)); break;
            case int number: WriteSized(MmdbType.Int32, BigEndian((uint)number, 4)); break;
            case IDictionary<string, object> map: WriteMap(map); break;
            case IList list: WriteArray(list); break;
            default: throw new ArgumentException($"{value.GetType()} is no type of a MaxMind DB data section", nameof(value));
        }
    }

    private void WriteMap(IDictionary<string, object> map)
    {
        WriteControl(MmdbType.Map, map.Count);
        foreach (var (key, value) in map)
        {
            Write(key);
            Write(value);
        }
    }

    private void WriteArray(IList list)
    {
        WriteControl(MmdbType.Array, list.Count);
        foreach (var value in list)
            Write(value!);
    }

    private void WriteSized(MmdbType type, byte[] payload)
    {
        WriteControl(type, payload.Length);
        bytes.AddRange(payload);
    }

    /// <summary>Type and size share the control byte; types above 7 and sizes above 28 continue in the bytes after it.</summary>
    private void WriteControl(MmdbType type, int size)
    {
        var (low, more) = size switch
        {
            < 29 => (size, 0),
            < 285 => (29, 1),
            < 65_821 => (30, 2),
            _ => (31, 3),
        };
        var extended = (int)type > 7;
        bytes.Add((byte)((extended ? 0 : (int)type << 5) | low));
        if (extended)
            bytes.Add((byte)((int)type - 7));
        if (more > 0)
            bytes.AddRange(BigEndian((ulong)(size - (more == 1 ? 29 : more == 2 ? 285 : 65_821)), more));
    }

    private static byte[] Shortest(ulong number) => BigEndian(number, (71 - System.Numerics.BitOperations.LeadingZeroCount(number)) / 8);

    private static byte[] BigEndian(ulong number, int length)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, number);
        return all[(8 - length)..];
    }

    private enum MmdbType
    {
        Utf8 = 2,
        Double = 3,
        Bytes = 4,
        UInt16 = 5,
        UInt32 = 6,
        Map = 7,
        Int32 = 8,
        UInt64 = 9,
        Array = 11,
        Boolean = 14,
        Float = 15,
    }
}
