using StatsGraph;

NativeHeaps.Limit(args);
return await StatsGraphCommand.RunAsync(args, CommandHost.OfThisProcess());
