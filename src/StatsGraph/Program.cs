using StatsGraph;

return await StatsGraphCommand.RunAsync(args, CommandHost.OfThisProcess());
