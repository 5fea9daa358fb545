using System.Text.Json;
using System.Text.RegularExpressions;
using StatsGraph.Reports;

namespace StatsGraph.Compliance.Profiles;

/// <summary>Reads the file of a profile. All keys have to be there, so that nothing is left out by mistake.</summary>
internal static partial class ProfileReader
{
    private const long LongestMinimum = 86_400;

    /// <summary>What reports call their other figures and columns.</summary>
    private static readonly HashSet<string> Reserved = new(
        [
            "site", "service", "profile", "period", "from", "to", "timeZone", "channel", "mounts", "activeSessions", "threshold", "dataThrough", "complete",
            "lakeVersion", "revision", "issuedAt", "checksum", "changes", "leftOutLines", "leftOut", "method", "remarks", "sources",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <summary>Reads a profile.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="ComplianceException">It is none; the message names file, key and expectation.</exception>
    public static ComplianceProfile Read(string file, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(new ProfileObject(file, "", document.RootElement));
        }
        catch (JsonException invalid)
        {
            throw new ComplianceException($"{file}: no JSON: {invalid.Message}", invalid);
        }
    }

    private static ComplianceProfile Read(ProfileObject profile)
    {
        var read = new ComplianceProfile
        {
            Name = profile.Text("name", name => NameForm().IsMatch(name), "1 to 32 of A-Z, 0-9 and '-', such as US-ATH"),
            Title = profile.Text("title"),
            Version = (int)profile.Whole("version", 1, 1_000_000),
            Sources = Sources(profile),
            Effective = Effective(profile.Object("effective")),
            Territory = Territory(profile.ObjectOrNull("territory")),
            MinimumDuration = profile.Whole("minimumDuration", 0, LongestMinimum),
            ExcludedKinds = [.. Kinds(profile)],
            Measures = Measures(profile),
            Threshold = Threshold(profile.ObjectOrNull("threshold")),
            Notes = profile.Texts("notes", note => note.Length > 0, "a text"),
        };
        profile.End();
        return read.Threshold is null || read.Territory is not null ? read
            : throw profile.Wrong("threshold", "counts hours in the territory, and there is none; expected a 'territory'");
    }

    private static IReadOnlyList<ProfileSource> Sources(ProfileObject profile)
        => profile.Objects("sources") is { Count: > 0 } sources ? [.. sources.Select(Source)]
            : throw profile.Wrong("sources", "expected one source at least, with title, address and read");

    private static ProfileSource Source(ProfileObject source)
    {
        var read = new ProfileSource(
            source.Text("title"),
            source.Text(
                "address",
                address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp),
                "a public address such as https://www.example.org/rules"),
            source.Date("read"));
        source.End();
        return read;
    }

    private static EffectiveDates Effective(ProfileObject effective)
    {
        var read = new EffectiveDates(effective.DateOrNull("from"), effective.DateOrNull("to"));
        effective.End();
        return read.To < read.From ? throw effective.Wrong("to", "comes before 'from'; expected the last day that the rules hold") : read;
    }

    private static ProfileTerritory? Territory(ProfileObject? territory)
    {
        if (territory is null)
            return null;
        var read = new ProfileTerritory(
            territory.Text("name"), territory.Texts("countries", code => Countries.Find(code) is not null, "a country code of ISO 3166-1 such as US"));
        territory.End();
        return read.Countries.Count > 0 ? read : throw territory.Wrong("countries", "is empty; expected country codes, or a territory of null for the whole world");
    }

    private static IEnumerable<SessionKind> Kinds(ProfileObject profile)
        => profile.Texts("excludedKinds", kind => kind is "relay" or "bot", "relay or bot")
            .Select(kind => kind == "relay" ? SessionKind.Relay : SessionKind.Bot);

    private static List<ProfileMeasure> Measures(ProfileObject profile)
    {
        var measures = profile.Objects("measures").Select(Measure).ToList();
        return measures.GroupBy(measure => measure.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw profile.Wrong("measures", $"'{twice.Key}' is the name of two; expected each once") : measures;
    }

    private static ProfileMeasure Measure(ProfileObject measure)
    {
        var read = new ProfileMeasure(
            measure.Text(
                "name", name => MeasureForm().IsMatch(name) && !Reserved.Contains(name),
                $"a letter, then up to 31 letters and digits, and none of {string.Join(", ", Reserved)}"),
            measure.Text("title"),
            measure.Choice<ComplianceFigure>("figure"),
            measure.Choice<MeasureScope>("in"));
        measure.End();
        return read;
    }

    private static ProfileThreshold? Threshold(ProfileObject? threshold)
    {
        if (threshold is null)
            return null;
        var read = new ProfileThreshold(
            threshold.Positive("tuningHours"), threshold.Choice<ThresholdUnit>("per"), Source(threshold.Object("source")));
        threshold.End();
        return read;
    }

    [GeneratedRegex(@"\A[A-Z0-9][A-Z0-9-]{0,31}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{0,31}\z")]
    private static partial Regex MeasureForm();
}
