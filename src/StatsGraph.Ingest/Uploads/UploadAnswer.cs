using System.Text.Json;

namespace StatsGraph.Ingest.Uploads;

/// <summary>What became of an upload.</summary>
public sealed class UploadAnswer
{
    private readonly Action<Utf8JsonWriter, IngestSummary>? findings;

    internal UploadAnswer(IngestSummary summary, UploadFault? fault, Action<Utf8JsonWriter, IngestSummary>? findings)
        => (Summary, Fault, this.findings) = (summary, fault, findings);

    /// <summary>What became of its lines, also of one that was not read to its end.</summary>
    public IngestSummary Summary { get; }

    /// <summary>Why it was not read to its end, or is of no use; null where all went well.</summary>
    public UploadFault? Fault { get; }

    /// <summary>
    /// Writes the summary as <c>statsgraph ingest --json</c> prints it. That of a part, or of a playlist that was
    /// said to be one, has a member <c>part</c>, too: what its sender needs to sum up all that it sends.
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        IngestSummaryJson.WriteMembers(json, Summary);
        findings?.Invoke(json, Summary);
        json.WriteEndObject();
    }
}
