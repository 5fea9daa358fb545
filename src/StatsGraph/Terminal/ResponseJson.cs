using System.Text.Json;

namespace StatsGraph.Terminal;

/// <summary>A GraphQL response as it is printed.</summary>
internal static class ResponseJson
{
    /// <summary>The same JSON, indented. Numbers stay as they were written.</summary>
    public static string Indent(ReadOnlyMemory<byte> response)
    {
        using var parsed = JsonDocument.Parse(response);
        return IndentedJson.Print(parsed.RootElement.WriteTo);
    }
}
