using System.Text.Json;

namespace StatsGraph.Ingest.Uploads;

/// <summary>What became of an upload.</summary>
public sealed class UploadAnswer
{
    private readonly PartFindings? findings;

    internal UploadAnswer(IngestSummary summary, UploadFault? fault, PartFindings? findings)
        => (Summary, Fault, this.findings) = (summary, fault, findings);

    /// <summary>What became of its lines, also of one that was not read to its end.</summary>
    public IngestSummary Summary { get; }

    /// <summary>Why it was not read to its end, or is of no use; null where all went well.</summary>
    public UploadFault? Fault { get; }

    /// <summary>
    /// Writes the summary as <c>statsgraph ingest --json</c> prints it. That of a part has a member <c>part</c>, too: what its sender needs to
    /// sum up the whole log.
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        IngestSummaryJson.WriteMembers(json, Summary);
        findings?.Write(json, Summary.Examples);
        json.WriteEndObject();
    }
}
