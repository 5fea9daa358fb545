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
    private int[] starts = [];
    private byte[] bytes = [];

    /// <summary>The Arrow array of rows that hold numbers of clients.</summary>
    /// <param name="numbers">Number of each row's client; -1 for none.</param>
    /// <param name="clients">The clients.</param>
    public StringArray ToArray(ReadOnlySpan<int> numbers, IReadOnlyList<Client> clients)
    {
        WriteTexts(clients);
        validity.Begin(numbers.Length);
        offsets.Begin(numbers.Length + 1);
        var length = offsets[0] = 0;
        for (var row = 0; row < numbers.Length; row++)
        {
            var number = numbers[row];
            if (number < 0 || clients[number].Network is null)
                validity.Miss(row);
            else
                length += Write(texts.AsSpan(starts[number]..starts[number + 1]), length);
            offsets[row + 1] = length;
        }

        return new StringArray(new ArrayData(
            StringType.Default, numbers.Length, validity.Missing, 0,
            [validity.ToBuffer(), offsets.ToBuffer(numbers.Length + 1), new ArrowBuffer(bytes.AsMemory(0, length))]));
    }

    private void WriteTexts(IReadOnlyList<Client> clients)
    {
        if (starts.Length <= clients.Count)
            starts = new int[clients.Count * 2 + 1];
        var length = 0;
        for (var number = 0; number < clients.Count; number++)
        {
            var text = clients[number].Network ?? "";
            if (length + text.Length > texts.Length)
                System.Array.Resize(ref texts, Math.Max(texts.Length * 2, length + text.Length));
            starts[number] = length;
            length += Encoding.ASCII.GetBytes(text, texts.AsSpan(length));
        }

        starts[clients.Count] = length;
    }

    private int Write(ReadOnlySpan<byte> text, int at)
    {
        if (at + text.Length > bytes.Length)
            System.Array.Resize(ref bytes, Math.Max(checked(bytes.Length * 2), at + text.Length));
        text.CopyTo(bytes.AsSpan(at));
        return text.Length;
    }
}
