using System.Text;
using StatsGraph.Compliance;
using StatsGraph.Printing;
using StatsGraph.Server.Tables;
using StatsGraph.Verbs;

namespace StatsGraph.Terminal;

/// <summary>Writes a compliance report to standard output, or as a file that appears whole.</summary>
/// <param name="host">Standard output.</param>
/// <param name="format">How it is written.</param>
/// <param name="folder">The folder of the file; null for standard output.</param>
/// <param name="paper">The paper of pages; null for that of those whom a report is for.</param>
internal sealed class ReportOutput(CommandHost host, ReportFormat format, string? folder, PaperFormat? paper)
{
    /// <summary>Writes a report; of a file the path is told on standard output.</summary>
    /// <param name="report">The report.</param>
    /// <param name="document">Its bytes, as they are kept.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public async Task<int> WriteAsync(ComplianceReport report, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        var content = Content(report, document);
        if (folder is not null)
        {
            await WholeFile.WriteAsync(Path.Combine(folder, NameOf(report)), content, cancellation);
            await host.Output.WriteLineAsync(Path.Combine(folder, NameOf(report)));
        }
        else if (format is ReportFormat.Xlsx or ReportFormat.Pdf)
        {
            await using var output = host.OpenOutput();
            await output.WriteAsync(content, cancellation);
        }
        else
        {
            await host.Output.WriteAsync(Encoding.UTF8.GetString(content.Span));
        }

        return ExitStatus.Done;
    }

    private ReadOnlyMemory<byte> Content(ComplianceReport report, ReadOnlyMemory<byte> document)
    {
        if (format == ReportFormat.Json)
        {
            return document;
        }

        using var content = new MemoryStream();
        if (format == ReportFormat.Xlsx)
        {
            ComplianceWorkbook.Write(report, content);
            return content.ToArray();
        }

        if (format == ReportFormat.Pdf)
        {
            CompliancePdf.Write(report, content, paper);
            return content.ToArray();
        }

        using (var text = new StreamWriter(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        {
            CsvTable.Write(ComplianceTable.Of(report), text);
        }

        return content.ToArray();
    }

    private string NameOf(ComplianceReport report)
    {
        var place = report.Issue is { } issue ? FormattableString.Invariant($"r{issue.Revision}") : "draft";
        return $"{report.Site.Key}_{report.Profile.Name}_{report.Period.Name}_{place}.{format.ToString().ToLowerInvariant()}";
    }
}
