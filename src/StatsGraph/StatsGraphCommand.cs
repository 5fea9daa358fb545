using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Terminal;
using StatsGraph.Verbs;

namespace StatsGraph;

/// <summary>The command <c>statsgraph</c>: finds the verb, runs it and turns every failure into one line and an exit status.</summary>
internal static class StatsGraphCommand
{
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs a command line to its end.</summary>
    /// <param name="arguments">The words after <c>statsgraph</c>.</param>
    /// <param name="host">Streams, environment and clock.</param>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandHost host)
    {
        using var termination = new Termination();
        try
        {
            var parsed = Root(host).Parse(arguments, Parser);
            CommandLineCheck.ThrowIfWrong(parsed, arguments);
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = host.Output,
                Error = host.Error,
            };
            return await parsed.InvokeAsync(invocation, termination.Requested);
        }
        catch (Exception failure)
        {
            await host.Error.WriteLineAsync(ErrorLine.Of(Describe(failure, termination.Requested)));
            return (failure as CommandException)?.ExitStatus ?? ExitStatus.Failed;
        }
    }

    /// <summary>The verbs with their options and help.</summary>
    public static RootCommand Root(CommandHost host)
    {
        var root = new RootCommand("Audience figures for streaming radio, from the access logs of Icecast servers.")
        {
            new IngestVerb(host),
            new QueryVerb(host),
            new ReportVerb(host),
            new ScheduleVerb(host),
            new ServeVerb(host),
            new PruneVerb(host),
            new CompactVerb(host),
            new VacuumVerb(host),
            new DemoVerb(host),
            new VerifyVerb(host),
            new TokenVerb(host),
            new ReportOfUseVerb(host),
            new SchemaVerb(host),
        };
        root.Directives.Clear();
        HelpExamples.AddTo(root);
        return root;
    }

    private static string Describe(Exception failure, CancellationToken requested) => failure switch
    {
        OperationCanceledException when requested.IsCancellationRequested => "interrupted",
        // What reads or writes a file names it; only the process's own streams have no name.
        IOException or UnauthorizedAccessException when !failure.Message.Contains('\'', StringComparison.Ordinal)
            => $"standard output: {failure.Message}",
        CommandException or ComplianceException or TokenException or CertificateException or ScheduleException or IngestException or LakeException or ReportException or QueryException or IOException
            or UnauthorizedAccessException => failure.Message,
        _ => $"unexpected {failure.GetType().Name}: {failure.Message}",
    };
}
