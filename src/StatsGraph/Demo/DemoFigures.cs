using StatsGraph.Configuration;
namespace StatsGraph.Demo;
internal static class DemoFigures { public static Task<string> PrintAsync(CommandHost host, Settings settings, CancellationToken cancellation) => Task.FromResult(settings.DataFolder + host.WorkingFolder + cancellation); }
