using System.CommandLine;
using StatsGraph.Configuration;
using StatsGraph.Lake;

namespace StatsGraph.Verbs;

/// <summary>A word that <c>statsgraph</c> understands, with its options and an example for its help.</summary>
internal abstract class Verb : Command
{
    protected Verb(CommandHost host, string name, string description, string example)
        : base(name, description)
    {
        Host = host;
        Example = example;
        SetAction(RunAsync);
    }

    /// <summary>A command line that a reader can copy.</summary>
    public string Example { get; }

    /// <summary>Streams, environment and clock.</summary>
    protected CommandHost Host { get; }

    /// <summary>Does what the verb is for.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation);

    /// <summary>The option that every verb on a lake has.</summary>
    protected static Option<string> DataOption() => new("--data")
    {
        HelpName = "DIR",
        Description = "Data folder that holds the lake (default: STATSGRAPH_DATA, else ./data)",
    };

    /// <summary>The settings of the data folder that the command line names.</summary>
    protected Settings ReadSettings(ParseResult parsed, Option<string> dataOption)
        => SettingsReader.Read(Host, Given(parsed, dataOption));

    /// <summary>The tables of the lake in the data folder that the command line names: that of lines and that of plays.</summary>
    /// <exception cref="CommandException">Nothing was ever committed to either.</exception>
    protected IReadOnlyList<LakeTable> OpenTables(ParseResult parsed, Option<string> dataOption)
    {
        var folder = ReadSettings(parsed, dataOption).DataFolder;
        var tables = Stores.Tables(Host, folder);
        return tables.Any(table => table.Snapshot().Version >= 0) ? tables
            : throw CommandException.Failed($"{folder}: no lake is here; expected a data folder that something was ingested into");
    }

    /// <summary>Value of an option, or null where it is not on the command line; an empty value is wrong usage.</summary>
    protected static string? Given(ParseResult parsed, Option<string> option)
    {
        var value = parsed.GetValue(option);
        return value is null or { Length: > 0 } ? value
            : throw CommandException.WrongUsage($"option '{option.Name}' is empty");
    }
}
