using System.CommandLine;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph schedule</c>: shows schedules and runs what is due, for machines on which no server does.</summary>
internal sealed class ScheduleVerb : Verb
{
    public ScheduleVerb(CommandHost host)
        : base(host, "schedule", "Lists schedules, and makes and delivers what is due; a server does that by itself.",
            "statsgraph schedule run --data /srv/statsgraph")
    {
        Add(new ScheduleListVerb(host));
        Add(new ScheduleRunVerb(host));
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
        => throw CommandException.WrongUsage(
            $"'schedule' is to do one of {string.Join(", ", Subcommands.Select(verb => verb.Name))}; see 'statsgraph schedule --help'");
}
