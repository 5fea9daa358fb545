using System.Text.Json.Nodes;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Tests.Compliance;

/// <summary>The profiles of the program, and those that a user writes.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "/name", "\"us ath\"", "key 'name': 'us ath' is not what is expected: 1 to 32 of A-Z, 0-9 and '-', such as US-ATH" },
        { "/title", "\"\"", "key 'title': expected a text" },
        { "/title", "", "key 'title': is missing" },
        { "/version", "1.5", "key 'version': expected a whole number from 1 to 1000000" },
        { "/sources", "[]", "key 'sources': expected one source at least, with title, address and read" },
        { "/sources/0/address", "\"rules.pdf\"", "key 'sources[0].address': 'rules.pdf' is not what is expected: a public address such as https://www.example.org/rules" },
        { "/sources/0/read", "\"yesterday\"", "key 'sources[0].read': expected a day such as 2026-10-31" },
        { "/effective/to", "\"2000-01-01\"", "key 'effective.to': comes before 'from'; expected the last day that the rules hold" },
        { "/effective", "1", "key 'effective': expected an object" },
        { "/territory/countries", "[\"UK\"]", "key 'territory.countries': 'UK' is not what is expected: a country code of ISO 3166-1 such as US" },
        { "/territory/countries", "[\"US\", \"US\"]", "key 'territory.countries': 'US' is there twice; expected each once" },
        { "/territory/countries", "[]", "key 'territory.countries': is empty; expected country codes, or a territory of null for the whole world" },
        { "/territory", "null", "key 'threshold': counts hours in the territory, and there is none; expected a 'territory'" },
        { "/minimumDuration", "-1", "key 'minimumDuration': expected a whole number from 0 to 86400" },
        { "/excludedKinds", "[\"listener\"]", "key 'excludedKinds': 'listener' is not what is expected: relay or bot" },
        { "/measures/0/figure", "\"performances\"", "key 'measures[0].figure': 'performances' is unknown; expected one of tuningHours, sessions, activeSessions, visits, listeners, "
            + "averageConcurrent, peakConcurrent, averageQuarterHour, averageDuration, averageListening, territoryShare, countryShares, averageConcurrentByHourOfDay, averageConcurrentByHour" },
        { "/measures/0/in", "\"US\"", "key 'measures[0].in': 'US' is unknown; expected one of territory, everywhere" },
        { "/measures/1/name", "\"ath\"", "key 'measures': 'ATH' is the name of two; expected each once" },
        { "/measures/0/unit", "1", "key 'measures[0].unit': is unknown; expected one of name, title, figure, in" },
        { "/measures", "{}", "key 'measures': expected a list" },
        { "/threshold/tuningHours", "0", "key 'threshold.tuningHours': expected a number above 0" },
        { "/threshold/per", "\"year\"", "key 'threshold.per': 'year' is unknown; expected one of channelMonth" },
        { "/notes", "[1]", "key 'notes': '1' is not what is expected: a text" },
    };

    [Fact]
    public void There_are_five_and_each_names_its_sources()
    {
        Assert.Equal(["CA-RESOUND", "DE-GVL", "INDUSTRY", "UK-PPL", "US-ATH"], ComplianceProfiles.BuiltIn.All.Select(profile => profile.Name));
        Assert.All(ComplianceProfiles.BuiltIn.All.SelectMany(profile => profile.Sources), source =>
        {
            Assert.Matches("^https?://[a-z.-]+/", source.Address);
            Assert.True(source.Title.Length > 10 && source.Read.Year == 2026, source.Title);
        });
        Assert.All(ComplianceProfiles.BuiltIn.All, profile => Assert.NotEmpty(profile.Notes));
    }

    [Fact]
    public void The_rules_of_the_us_report_are_those_of_its_file()
    {
        var us = ComplianceProfiles.BuiltIn.Find("us-ath")!;
        Assert.Equal(["US", "PR", "GU", "VI", "AS", "MP"], us.Territory!.Countries);
        Assert.Equal((159_140, 0, 2), (us.Threshold!.TuningHours, us.MinimumDuration, us.ExcludedKinds.Count));
        Assert.Null(ComplianceProfiles.BuiltIn.Find("US"));
    }

    [Fact]
    public void A_folder_adds_profiles_and_replaces_those_of_the_program()
    {
        Write("mine.json", json => json["name"] = "MINE");
        Write("us.json", json => json["threshold"]!["tuningHours"] = 1_000);
        var profiles = ComplianceProfiles.With(folder.FullName);
        Assert.Equal(["CA-RESOUND", "DE-GVL", "INDUSTRY", "MINE", "UK-PPL", "US-ATH"], profiles.All.Select(profile => profile.Name));
        Assert.Equal(1_000, profiles.Find("US-ATH")!.Threshold!.TuningHours);
        Assert.Equal(159_140, ComplianceProfiles.BuiltIn.Find("US-ATH")!.Threshold!.TuningHours);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_an_error_that_names_file_key_and_expectation(string path, string value, string message)
    {
        var file = Write("wrong.json", json => Set(json, path[1..].Split('/'), value));
        Assert.Equal($"{file}: {message}", Refusal());
    }

    [Fact]
    public void What_is_no_json_and_two_of_one_name_are_errors_too()
    {
        var one = Write("a.json", _ => { });
        var two = Write("b.json", _ => { });
        Assert.Equal($"{two}: key 'name': 'US-ATH' is also that of {one}; expected one file for each", Refusal());
        File.WriteAllText(one, "{");
        Assert.StartsWith($"{one}: no JSON: ", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(one, "[]");
        Assert.Equal($"{one}: expected a JSON object", Refusal());
        File.WriteAllText(one, """{ "name": "A", "name": "B" }""");
        Assert.StartsWith($"{one}: no JSON: ", Refusal(), StringComparison.Ordinal);
        var missing = Path.Combine(folder.FullName, "none");
        Assert.Equal(
            $"{missing}: there is no such folder; expected one with profiles, NAME.json each",
            Assert.Throws<ComplianceException>(() => ComplianceProfiles.With(missing)).Message);
    }

    [Theory]
    [InlineData("A=/a,/b;B=/c,/b", "channel 'B': the mount '/b' is also of channel 'A'; expected each mount in one channel")]
    [InlineData("A=/old;B=/live", "channel 'B': the mount '/live' is also of channel 'A'; expected each mount in one channel")]
    [InlineData("A=", "channel 'A': has no mounts; expected a list of one or more")]
    [InlineData("A=live", "channel 'A': 'live' is no mount; expected one such as /live.mp3")]
    [InlineData("/a=/a", "channel '/a': a name that begins with a slash is a mount's; expected another name")]
    public void Channels_that_cannot_be_told_apart_are_refused(string groups, string message)
    {
        var given = groups.Split(';').Select(group => group.Split('=')).ToDictionary(
            group => group[0], group => (IReadOnlyList<string>)group[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
        var aliases = new Dictionary<string, string> { ["/old"] = "/live" };
        Assert.Equal(message, Assert.Throws<ComplianceException>(() => ChannelMap.Of(given, aliases)).Message);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Set(JsonNode json, string[] path, string value)
    {
        foreach (var step in path[..^1])
            json = int.TryParse(step, out var place) ? json[place]! : json[step]!;
        if (value.Length == 0)
            json.AsObject().Remove(path[^1]);
        else
            json[path[^1]] = JsonNode.Parse(value);
    }

    private string Refusal() => Assert.Throws<ComplianceException>(() => ComplianceProfiles.With(folder.FullName)).Message;

    /// <summary>Writes the US profile with a change.</summary>
    private string Write(string name, Action<JsonNode> change)
    {
        using var stream = typeof(ComplianceProfiles).Assembly.GetManifestResourceStream("US-ATH.json")!;
        var json = JsonNode.Parse(stream)!;
        change(json);
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }
}
