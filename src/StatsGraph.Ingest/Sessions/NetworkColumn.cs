using System.Text;
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
    public StringArray ToArray(ReadOnlySpan<ClientNetwork> networks)
    {
        validity.Begin(networks.Length);
        offsets.Begin(networks.Length + 1);
        var length = offsets[0] = 0;
        for (var row = 0; row < networks.Length; row++)
        {
            ref readonly var network = ref networks[row];
            var most = network.Other?.Length ?? ClientNetwork.MostIpv4Bytes;
            if (length + most > texts.Length)
                System.Array.Resize(ref texts, Math.Max(checked(texts.Length * 2), length + (networks.Length * ClientNetwork.MostIpv4Bytes) + most));
            if (network.Ipv4 > 0)
                length += network.WriteIpv4(texts.AsSpan(length));
            else if (network.Other is { } text)
                length += Encoding.ASCII.GetBytes(text, texts.AsSpan(length));
            else
                validity.Miss(row);
            offsets[row + 1] = length;
        }

        return new StringArray(new ArrayData(
            StringType.Default, networks.Length, validity.Missing, 0,
            [validity.ToBuffer(), offsets.ToBuffer(networks.Length + 1), new ArrowBuffer(texts.AsMemory(0, length))]));
    }
}
