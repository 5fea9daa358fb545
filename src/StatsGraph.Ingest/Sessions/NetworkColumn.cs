using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>The column of networks, of which there are too many for a dictionary: each row has its text.</summary>
internal sealed class NetworkColumn
{
    private readonly Validity validity = new();
    private readonly Column<int> offsets = new();
    private byte[] texts = [];

    /// <summary>The Arrow array of networks.</summary>
    [MethodImpl(PerLine.Code)]
    public StringArray ToArray(ReadOnlySpan<ClientNetwork> networks)
    {
        validity.Begin(networks.Length);
        var ends = offsets.Begin(networks.Length + 1);
        var length = ends[0] = 0;
        for (var row = 0; row < networks.Length; row++)
        {
            ref readonly var network = ref networks[row];
            if (length + ClientNetwork.MostTextBytes > texts.Length)
                System.Array.Resize(ref texts, Math.Max(checked(texts.Length * 2), (networks.Length + 1) * ClientNetwork.MostTextBytes));
            if (network.IsKnown)
                length += network.Write(texts.AsSpan(length));
            else
                validity.Miss(row);
            ends[row + 1] = length;
        }

        return new StringArray(new ArrayData(
            StringType.Default, networks.Length, validity.Missing, 0,
            [validity.ToBuffer(), offsets.ToBuffer(networks.Length + 1), new ArrowBuffer(texts.AsMemory(0, length))]));
    }
}
