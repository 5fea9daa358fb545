using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace StatsGraph.Reports;

/// <summary>
/// Cursors of a list: the list's name and the sort key of a row. A cursor stays good when rows come or go between two pages.
/// </summary>
/// <param name="list">Names the list and its order; a cursor of another one is refused.</param>
/// <param name="steps">Values of a sort key.</param>
internal sealed class Cursor(string list, int steps)
{
    /// <summary>The cursor of a row.</summary>
    public string Write(SortKey key)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(list);
            foreach (var value in key.Values)
                Write(json, value);
            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }

    /// <summary>The sort key that a cursor holds.</summary>
    /// <exception cref="ReportException">It is not a cursor of this list in this order.</exception>
    public SortKey Read(string argument, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var values = json.RootElement.EnumerateArray().ToList();
            if (values.Count == steps + 1 && values[0].GetString() == list)
                return new SortKey(values.Skip(1).Select(Read).ToArray());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // Said below, whatever is wrong with it.
        }

        throw Invalid(argument, text);
    }

    /// <summary>The refusal of a cursor.</summary>
    public static ReportException Invalid(string argument, string text) => new(
        ReportErrorCodes.Cursor, $"'{argument}' is no cursor of this list in this order: '{text}'; expected one from its edges.", text);

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                // An array tells it from a whole number; its bits make it exact.
                json.WriteStartArray();
                json.WriteNumberValue(BitConverter.DoubleToInt64Bits(number));
                json.WriteEndArray();
                break;
            case string text:
                json.WriteStringValue(Encoding.UTF8.GetBytes(text));
                break;
        }
    }

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() == 1 => BitConverter.Int64BitsToDouble(value[0].GetInt64()),
        _ => throw new FormatException($"{value.ValueKind} is in no cursor."),
    };
}
