using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>A verb that makes, issues, shows and verifies reports of one site and period.</summary>
internal abstract class IssuingVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> month = new("--month") { HelpName = "MONTH", Description = "Calendar month, such as 2026-10 (default: last month)" };

    private readonly Option<string> period = new("--period")
    {
        HelpName = "PERIOD",
        Description = "Days (2026-10-05_2026-10-12, the last one exclusive), month, quarter (2026-Q4), half-year (2026-H2) or year",
    };

    private readonly Option<string> folder = new("--out") { HelpName = "FOLDER", Description = "Folder to write a file into, or - for standard output (default: -)" };

    private readonly RevisionOptions revisions;

    /// <param name="host">Streams, environment and clock.</param>
    /// <param name="name">The verb.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">A command line that a reader can copy.</param>
    /// <param name="listing">What <c>--list</c> does.</param>
    protected IssuingVerb(CommandHost host, string name, string description, string example, string listing)
        : base(host, name, description, example) => revisions = new RevisionOptions(listing);

    /// <summary>The site.</summary>
    protected Option<string> Site { get; } = new("--site")
    {
        HelpName = "KEY",
        Description = "Site (default: DefaultSite of the configuration, else the only configured site, else 'default')",
    };

    /// <summary>Adds the options that these verbs share, with those of one of them in the middle.</summary>
    protected void AddOptions(params IEnumerable<Option> own)
    {
        foreach (var option in (Option[])[Site, month, period, .. own, folder, .. revisions.All, data])
        {
            Add(option);
        }
    }

    /// <summary>The settings of the data folder.</summary>
    protected Settings ReadSettings(ParseResult parsed) => ReadSettings(parsed, data);

    /// <inheritdoc cref="RevisionOptions.Read"/>
    protected AskedRevision Revision(ParseResult parsed) => revisions.Read(parsed);

    /// <summary>Key of the site.</summary>
    /// <exception cref="CommandException">What is given is none.</exception>
    protected string Key(ParseResult parsed, Settings settings)
        => settings.ResolveSite(Given(parsed, Site)) is var key && SiteKey.IsValid(key) ? key
            : throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");

    /// <summary>The period; last month where none is given.</summary>
    /// <exception cref="CommandException">What is given is none.</exception>
    protected CompliancePeriod Days(ParseResult parsed, SiteSettings site)
        => ReportedDays.Of(Host, (month.Name, Given(parsed, month)), (period.Name, Given(parsed, period)), site.Profile.TimeZone);

    /// <summary>Name of the period that is given; null where none is.</summary>
    protected string? GivenPeriod(ParseResult parsed, SiteSettings site)
        => parsed.GetValue(month) is null && parsed.GetValue(period) is null ? null : Days(parsed, site).Name;

    /// <summary>Where the report goes.</summary>
    protected ReportOutput Output(ParseResult parsed) => new(Host, Given(parsed, folder));
}
