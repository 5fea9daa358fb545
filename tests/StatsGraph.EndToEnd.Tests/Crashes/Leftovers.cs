using System.Text.Json;
using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>What a killed process left in a data folder, told by the names and the log alone.</summary>
public static partial class Leftovers
{
    /// <summary>
    /// The files that are no part of the lake, nor of the columns, which are derived and swept by whoever owns them. Fails when one of them is neither hidden nor a data file by its name, since nothing could
    /// ever tell that it may be removed.
    /// </summary>
    public static IReadOnlyList<string> In(string data)
    {
        if (!Directory.Exists(data))
        {
            return [];
        }

        var committed = Committed(data);
        var left = Directory.GetFiles(data, "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetRelativePath(data, path))
            .Where(path => !path.StartsWith("columns/", StringComparison.Ordinal) && !PartOfLake().IsMatch(path) && !committed.Contains(path))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.All(left, path => Assert.Matches(Removable(), path));
        return left;
    }

    /// <summary>Makes them as old as leftovers must be before they are deleted, and the log and the last vacuum, if there was one, too.</summary>
    public static void Age(string data)
    {
        var before = DateTime.UtcNow.AddDays(-2);
        var mark = Path.Combine(data, "lake.vacuum");
        var log = Path.Combine(data, "lake/_delta_log");
        var logged = Directory.Exists(log) ? Directory.GetFiles(log) : [];
        foreach (var path in In(data).Select(name => Path.Combine(data, name)).Append(mark).Concat(logged).Where(File.Exists))
        {
            File.SetLastWriteTimeUtc(path, before);
        }
    }

    private static HashSet<string> Committed(string data)
    {
        var log = Path.Combine(data, "lake/_delta_log");
        var commits = Directory.Exists(log) ? Directory.GetFiles(log, "*.json") : [];
        return [.. commits.SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(action => action.TryGetProperty("add", out _))
            .Select(action => Path.Combine("lake", action.GetProperty("add").GetProperty("path").GetString()!))];
    }

    [GeneratedRegex(@"\A(lake\.key|lake\.vacuum|lake/_delta_log/(\d{20}\.json|\d{20}\.checkpoint\.parquet|_last_checkpoint))\z")]
    private static partial Regex PartOfLake();

    [GeneratedRegex(@"\A(lake/site=[a-z0-9._-]+/part-[0-9a-f]{32}\.zstd\.parquet|(lake/_delta_log/)?\.[^/]+\.[0-9a-f]{32}\.tmp)\z")]
    private static partial Regex Removable();
}
