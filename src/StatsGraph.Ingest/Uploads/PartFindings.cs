using System.Globalization;
using System.Text.Json;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Uploads;

/// <summary>
/// What the summary of one part does not tell, and its sender needs for the summary of all: examples of rejected lines, by their place in the
/// part, and what new lines tell about listeners, from which warnings follow.
/// </summary>
internal static class PartFindings
{
    private const string Name = "part";

    /// <summary>Writes the member <c>part</c>.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="examples">Rejected lines.</param>
    /// <param name="audience">What the new lines tell; null where lines tell nothing of listeners.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RejectionExample> examples, AudienceSigns? audience = null)
    {
        json.WriteStartObject(Name);
        WriteExamples(json, examples);
        if (audience is not null)
            WriteAudience(json, audience);
        json.WriteEndObject();
    }

    private static void WriteExamples(Utf8JsonWriter json, IReadOnlyList<RejectionExample> examples)
    {
        json.WriteStartArray("examples");
        foreach (var example in examples)
        {
            json.WriteStartObject();
            json.WriteNumber("line", example.Line);
            json.WriteString("reason", example.Reason);
            json.WriteString("excerpt", example.Excerpt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAudience(Utf8JsonWriter json, AudienceSigns audience)
    {
        json.WriteStartObject("audience");
        foreach (var (name, count) in audience.Counts)
            json.WriteNumber(name, count);
        WriteNetworks(json, "networks", audience.Networks);
        WriteNetworks(json, "privateNetworks", audience.PrivateOnes);
        json.WriteStartArray("countries");
        foreach (var country in audience.Countries)
            json.WriteStringValue(country);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Adds what an answer to a part tells to what is known of all parts so far.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="log">Name of the part's log.</param>
    /// <param name="linesBefore">Lines of the log before the part.</param>
    /// <param name="tally">Counts lines.</param>
    /// <param name="audience">Takes in what new lines tell about listeners.</param>
    /// <exception cref="InvalidOperationException">The answer is none to a part: a member is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">Likewise: a member is missing.</exception>
    /// <exception cref="FormatException">Likewise: a number or a network is none.</exception>
    public static void Add(JsonElement answer, string log, long linesBefore, CommitTally tally, AudienceSigns audience)
    {
        tally.AddKnown(answer.GetProperty("alreadyIngested").GetInt64());
        tally.Add(LineClass.Blank, answer.GetProperty("blank").GetInt64());
        foreach (var lineClass in Enum.GetValues<LineClass>().Where(lineClass => lineClass != LineClass.Blank))
            tally.Add(lineClass, answer.GetProperty("classes").GetProperty(IngestSummaryJson.NameOf(lineClass)).GetInt64());
        foreach (var reason in answer.GetProperty("rejections").EnumerateObject())
            tally.AddRejected(reason.Name, reason.Value.GetInt64());
        foreach (var example in ReadExamples(answer, log, linesBefore))
            tally.Add(example);
        var signs = answer.GetProperty(Name).GetProperty("audience");
        audience.Add(
            name => signs.GetProperty(name).GetInt64(),
            Networks(signs, "networks"),
            Networks(signs, "privateNetworks"),
            signs.GetProperty("countries").EnumerateArray().Select(country => country.GetString()!));
    }

    /// <summary>The rejected lines that an answer tells of.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="log">Name of the log.</param>
    /// <param name="linesBefore">Lines of the log before what was answered to.</param>
    /// <exception cref="InvalidOperationException">As from <see cref="Add"/>, while they are enumerated.</exception>
    /// <exception cref="KeyNotFoundException">Likewise.</exception>
    public static IEnumerable<RejectionExample> ReadExamples(JsonElement answer, string log, long linesBefore)
        => answer.GetProperty(Name).GetProperty("examples").EnumerateArray().Select(example => new RejectionExample(
            log,
            linesBefore + example.GetProperty("line").GetInt64(),
            example.GetProperty("reason").GetString()!,
            example.GetProperty("excerpt").GetString()!));

    private static void WriteNetworks(Utf8JsonWriter json, string name, IReadOnlyDictionary<ClientNetwork, long> networks)
    {
        json.WriteStartObject(name);
        foreach (var (network, lines) in networks)
            json.WriteNumber(network.Bits.ToString("x", CultureInfo.InvariantCulture), lines);
        json.WriteEndObject();
    }

    private static IEnumerable<KeyValuePair<ClientNetwork, long>> Networks(JsonElement signs, string name)
        => signs.GetProperty(name).EnumerateObject().Select(network => KeyValuePair.Create(
            ClientNetwork.OfBits(ulong.Parse(network.Name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)), network.Value.GetInt64()));
}
