using StatsGraph;

NativeHeaps.Limit();
return await StatsGraphCommand.RunAsync(args, CommandHost.OfThisProcess());
