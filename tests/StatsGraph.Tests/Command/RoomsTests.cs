using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Command;

/// <summary>The map of the rooms is compared with the project files: who knows whom, and who uses which package.</summary>
public sealed partial class RoomsTests
{
    /// <summary>The room without C#.</summary>
    private const string Dashboard = "StatsGraph.Dashboard";

    private static readonly IReadOnlyDictionary<string, (string Knows, string Packages)> Map = MapRow().Matches(Repository.Read("src/README.md"))
        .ToDictionary(row => row.Groups["room"].Value, row => (row.Groups["knows"].Value, row.Groups["packages"].Value));

    [Fact]
    public void The_map_names_exactly_the_projects_that_exist()
        => Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.*proj", SearchOption.AllDirectories)
                .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Map.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_room_knows_those_that_the_map_allows_and_no_others()
        => Assert.All(Map.Where(room => room.Key != Dashboard), room => Assert.Equal(
            room.Value.Knows == "nothing" ? [] : room.Value.Knows.Split(", ").Select(name => "StatsGraph." + name),
            Included(room.Key, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_package_is_used_by_the_rooms_that_the_map_names_and_no_others()
        => Assert.All(Map.Where(room => room.Key != Dashboard), room => Assert.Equal(
            room.Value.Packages.Split(", ").Order(StringComparer.OrdinalIgnoreCase),
            Included(room.Key, "PackageReference").Order(StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void The_dashboard_knows_what_the_api_is_and_no_room_and_uses_the_packages_that_the_map_names()
    {
        var project = File.ReadAllText(Path.Combine(Repository.Root, "src", Dashboard, Dashboard + ".proj"));
        Assert.Equal(Map[Dashboard].Knows, string.Join(", ", Outside().Matches(project).Select(folder => $"`{folder.Groups["name"].Value}/`")));
        using var packages = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", Dashboard, "package.json")));
        Assert.Equal(
            Map[Dashboard].Packages.Split(", "),
            packages.RootElement.GetProperty("dependencies").EnumerateObject().Select(package => package.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ingest_and_Reports_never_see_each_other()
    {
        Assert.DoesNotContain("StatsGraph.Reports", Reachable("StatsGraph.Ingest"));
        Assert.DoesNotContain("StatsGraph.Ingest", Reachable("StatsGraph.Reports"));
        Assert.Equal(["StatsGraph.Lake"], Reachable("StatsGraph.Ingest").Intersect(Reachable("StatsGraph.Reports")));
    }

    [Fact]
    public void Every_folder_and_file_that_the_map_sends_a_reader_to_is_there()
        => Assert.All(
            Place().Matches(Repository.Read("src/README.md")).Select(place => place.Groups["path"].Value),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, "src", path)), path));

    [Fact]
    public void The_terms_name_columns_of_the_lake()
        => Assert.Subset(
            LineColumns.Schema.FieldsList.Select(field => field.Name).Append(LineColumns.Site).ToHashSet(),
            TermRow().Matches(Repository.Read("src/README.md")).SelectMany(row => Code().Matches(row.Groups["column"].Value))
                .Select(code => code.Groups["name"].Value).ToHashSet());

    private static HashSet<string> Reachable(string project)
        => [.. Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!).SelectMany(name => Reachable(name).Append(name))];

    private static IEnumerable<string> Included(string project, string element)
        => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj")).Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value);

    [GeneratedRegex(@"^\| \[(?<room>StatsGraph[.\w]*)\]\(\k<room>\) \| [^|]+ \| (?<knows>[^|]+) \| (?<packages>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex MapRow();

    [GeneratedRegex(@"\.\./\.\./(?<name>\w+)/")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^\| [^|]+ \| `(?<path>StatsGraph[^`]*)` \|$", RegexOptions.Multiline)]
    private static partial Regex Place();

    [GeneratedRegex(@"^\| [^|]+ \| [^|]+ \| (?<column>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex TermRow();

    [GeneratedRegex("`(?<name>[a-z_]+)`")]
    private static partial Regex Code();
}
