using System.Text.Encodings.Web;
using System.Text.Json;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as a JSON array of one flat object a row.</summary>
public static class JsonTable
{
    /// <summary>Writes a table; the stream stays open.</summary>
    public static void Write(FlatTable table, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            foreach (var (column, value) in table.Columns.Zip(row))
            {
                json.WritePropertyName(column.Name);
                JsonSerializer.Serialize(json, value is DateTimeOffset instant ? instant.UtcDateTime : value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
