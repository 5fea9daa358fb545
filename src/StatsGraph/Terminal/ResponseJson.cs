using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StatsGraph.Terminal;

/// <summary>A GraphQL response as it is printed.</summary>
internal static class ResponseJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same JSON, indented, with a newline at its end. Numbers stay as they were written.</summary>
    public static string Indent(ReadOnlyMemory<byte> response)
    {
        using var parsed = JsonDocument.Parse(response);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            parsed.RootElement.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }
}
