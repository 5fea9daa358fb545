using StatsGraph.Benchmarks.Logs;
using StatsGraph.Benchmarks.Rivals;
switch (args[0])
{
    case "log": StationLog.Write(args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture)); break;
    case "script": Console.WriteLine(DuckDbRival.Script(args[1], args[2])); break;
    case "copy": Console.WriteLine(DuckDbRival.BareCopy(args[1], args[2])); break;
}
