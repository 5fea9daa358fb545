using System.Globalization;
using StatsGraph.Benchmarks.Claims;
using StatsGraph.Benchmarks.Measuring;
using StatsGraph.Benchmarks.Rivals;

if (args is [DuckDbRival.Role, var what, var source, var parquet])
{
    DuckDbRival.Run(what, source, parquet);
    return 0;
}

var claims = new Dictionary<string, Action<Workbench>>(StringComparer.Ordinal)
{
    ["side-by-side"] = SideBySide.Run,
    ["known"] = KnownLog.Run,
    ["compressed"] = Compressed.Run,
    ["growth"] = Growth.Run,
    ["answers"] = Answers.Run,
    ["cached"] = Cached.Run,
    ["observed"] = Observed.Run,
    ["load"] = Load.Run,
    ["start"] = Start.Run,
    ["page"] = Page.Run,
    ["live"] = Live.Run,
    ["follow"] = Follow.Run,
    ["performances"] = Performances.Run,
    ["remote"] = Remote.Run,
};
var isTest = args.Contains("--test");
var wanted = args.Where(arg => arg != "--test").ToList();
if (wanted.Find(name => !claims.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is no benchmark; expected --test or some of {string.Join(", ", claims.Keys)}");
    return 2;
}

var settings = isTest ? new Settings(IsTest: true, Lines: 2_000, Rounds: 1) : new Settings(IsTest: false, Lines: 1_000_000, Rounds: 5);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {DateTimeOffset.Now:yyyy-MM-dd}"));
using var bench = new Workbench(settings);
foreach (var (name, run) in claims.Where(claim => wanted.Count == 0 || wanted.Contains(claim.Key)))
{
    try
    {
        run(bench);
    }
    catch (Exception failed)
    {
        // Not thrown on, so that servers are stopped and the folder is removed.
        bench.Complain($"{name}: {failed}");
    }
}

return bench.HasComplaints ? 1 : 0;
