using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Configuration;
using StatsGraph.Demo;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph demo</c>: a month of a station that does not exist, from logs to figures, to look at and to play with.</summary>
internal sealed class DemoVerb : Verb
{
    private readonly Option<string> urls = ServeVerb.UrlsOption();

    private readonly Option<bool> once = new("--once") { Arity = ArgumentArity.Zero, Description = "Print the figures and end, without serving them" };

    public DemoVerb(CommandHost host)
        : base(host, "demo", "Makes a month of logs of a demo station, ingests them, prints its figures, issues a compliance report and serves all that until Ctrl-C.", "statsgraph demo")
    {
        Add(urls);
        Add(once);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("statsgraph-demo-");
        try
        {
            var logs = Path.Combine(folder.FullName, "logs");
            var data = Path.Combine(folder.FullName, "data");
            DemoData.Write(logs, data);
            var settings = SettingsReader.Read(WithoutSettings(folder.FullName), data);
            var listen = ServerRun.Addresses(Host, settings, Given(parsed, urls));
            var summary = new ObservedIngest(Host, settings) { Site = DemoStation.Site }.Execute([logs], cancellation);
            await Host.Output.WriteLineAsync(IngestSummaryTable.Print(summary));
            string report, use;
            using (var store = Stores.Open(Host, settings))
            {
                await Host.Output.WriteLineAsync(await new DemoFigures(store, new ErrorLog(Host.Error)).PrintAsync(cancellation));
                var desk = new ComplianceDesk(Stores.Compliance(settings), store);
                var (hours, performances) = (await DemoReport.IssueAsync(desk, cancellation), await DemoUse.IssueAsync(desk.Use, cancellation));
                await Host.Output.WriteLineAsync(DemoReport.Print(hours.Report));
                await Host.Output.WriteLineAsync(DemoUse.Print(performances.Report));
                (report, use) = (hours.Path, performances.Path);
            }

            if (!parsed.GetValue(once))
            {
                await Host.Output.WriteLineAsync($"The reports are {report} and");
                await Host.Output.WriteLineAsync($"{use}, and in the API: issuedReports and issuedReportsOfUse of the site {DemoStation.Site}.");
                await Host.Output.WriteLineAsync($"The logs are in {logs} while this runs.");
                await new ServerRun(Host, settings, listen).UntilStoppedAsync(cancellation);
            }

            return ExitStatus.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The demo is the same for everybody, so only the settings that it writes itself count.</summary>
    private CommandHost WithoutSettings(string folder)
        => Host with { WorkingFolder = folder, Environment = new Dictionary<string, string>() };
}
