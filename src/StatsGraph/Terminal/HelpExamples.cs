using System.CommandLine;
using System.CommandLine.Help;
using StatsGraph.Verbs;

namespace StatsGraph.Terminal;

/// <summary>Ends the help of every verb with an example.</summary>
internal static class HelpExamples
{
    /// <summary>Changes the help of a root command and all of its verbs.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!, root.Subcommands.OfType<Verb>().First().Example);
    }

    private sealed class HelpWithExample(HelpAction help, string rootExample) : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            var example = (parseResult.CommandResult.Command as Verb)?.Example ?? rootExample;
            parseResult.InvocationConfiguration.Output.WriteLine("Example:");
            parseResult.InvocationConfiguration.Output.WriteLine("  " + example);
            return ExitStatus.Done;
        }
    }
}
