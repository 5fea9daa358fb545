using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Texts that are being collected in Arrow's own layout.</summary>
internal sealed class TextColumn
{
    private readonly Validity validity = new();
    private readonly Column<int> offsets = new();
    private byte[] bytes = new byte[1024];
    private int length;

    /// <summary>Makes an empty column.</summary>
    public TextColumn() => offsets.Add(0);

    /// <summary>Adds a text, or a missing one.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            validity.AddMissing();
        }
        else
        {
            Write(text);
            validity.AddPresent();
        }

        offsets.Add(length);
    }

    /// <summary>Forgets all texts but keeps their room.</summary>
    public void Clear()
    {
        validity.Clear();
        offsets.Clear();
        offsets.Add(0);
        length = 0;
    }

    /// <summary>The Arrow array of the texts. The column must not be added to before it is cleared.</summary>
    public StringArray ToArray() => new(new ArrayData(
        StringType.Default,
        validity.Count,
        validity.Missing,
        0,
        [validity.ToBuffer(), offsets.ToBuffer(), new ArrowBuffer(bytes.AsMemory(0, length))]));

    private void Write(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length + most > bytes.Length)
            System.Array.Resize(ref bytes, Math.Max(checked(bytes.Length * 2), length + most));
        length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
    }
}
