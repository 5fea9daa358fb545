using System.Security.Cryptography;
using System.Text.Json;
using StatsGraph.Compliance.Issuing;

namespace StatsGraph.Compliance;

/// <summary>Reports as bytes: canonical JSON with a checksum of all the rest in it.</summary>
public static class ReportDocument
{
    private const string ChecksumKey = "checksum";

    /// <summary>The report with its checksum.</summary>
    public static TReport Seal<TReport>(TReport report)
        where TReport : IssuableReport
    {
        var content = JsonSerializer.SerializeToElement(report, ReportJson.Options);
        return report with { Checksum = ChecksumOf(content) };
    }

    /// <summary>The bytes of a sealed report: canonical JSON (RFC 8785) in UTF-8, with a line feed at its end.</summary>
    public static byte[] Write<TReport>(TReport report)
        where TReport : IssuableReport => Bytes(JsonSerializer.SerializeToElement(report, ReportJson.Options));

    /// <summary>Reads a sealed report.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="FormatException">They are not as they were written; the message says what is wrong, without a name.</exception>
    public static TReport Read<TReport>(ReadOnlyMemory<byte> bytes)
        where TReport : IssuableReport
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var content = document.RootElement;
            if (content.ValueKind != JsonValueKind.Object || !content.TryGetProperty(ChecksumKey, out var checksum) || checksum.ValueKind != JsonValueKind.String)
                throw new FormatException("it has no checksum");
            if (checksum.GetString() != ChecksumOf(content))
                throw new FormatException($"its content has not the checksum {checksum.GetString()}");
            if (!bytes.Span.SequenceEqual(Bytes(content)))
                throw new FormatException("it is not the canonical JSON that was written");
            return content.Deserialize<TReport>(ReportJson.Options)!;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is no report: {invalid.Message}", invalid);
        }
    }

    private static string ChecksumOf(JsonElement content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(content, ChecksumKey)));

    private static byte[] Bytes(JsonElement content) => [.. CanonicalJson.Write(content), (byte)'\n'];
}
