using System.Globalization;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Terminal;

/// <summary>What the command says of compliance reports, beside the reports themselves.</summary>
internal sealed class ReportTexts(CommandHost host)
{
    /// <summary>Changes of figures that are told one by one.</summary>
    private const int MostChanges = 100;

    /// <summary>Tells what became of issuing: which revision holds, and what changed.</summary>
    public void Tell<TReport>(IssueResult<TReport> result)
        where TReport : IssuableReport
    {
        var (report, issue) = (result.Report.Report, result.Report.Report.Issue!);
        if (!result.IsNew)
        {
            Say(Text($"revision {issue.Revision} of {issue.IssuedAt} holds: no figure has changed"));
            if (result.Data.Through is { } through && through != report.Data.Through)
            {
                Say(Text($"the data reach up to {through} now"));
            }

            return;
        }

        Say(issue.Revision == 1 ? Text($"issued revision 1 of {report.Name} {report.Period.Name}")
            : Text($"issued revision {issue.Revision}: {issue.Changes.Count} figures changed; active sessions since the first issue: {issue.SessionsSinceFirst:+0;-0;0}"));
        foreach (var change in issue.Changes.Take(MostChanges))
        {
            Say($"{change.Channel ?? "all channels"}, {change.Figure}: {change.Describe()}");
        }

        if (issue.Changes.Count > MostChanges)
        {
            Say(Text($"and {issue.Changes.Count - MostChanges} more, all in {result.Report.Path}"));
        }

        foreach (var text in issue.OtherChanges.Concat(report.Remarks))
        {
            Say(text);
        }
    }

    /// <summary>Checks revisions and computes them again; says what is right on standard output, and what is not on standard error.</summary>
    /// <param name="desk">Has them.</param>
    /// <param name="key">What they are of.</param>
    /// <param name="revision">The one to check; null for all.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public async Task<int> VerifyAsync<TReport>(IssuingDesk<TReport> desk, IssuedKey key, int? revision, CancellationToken cancellation)
        where TReport : IssuableReport, IIssuable<TReport>
    {
        var reports = revision is { } number ? [desk.Issued.Read(key, number)] : desk.Issued.All(key);
        if (reports.Count == 0)
        {
            throw CommandException.Failed($"nothing was issued for {key.Profile} {key.Period} of {key.Site}");
        }

        var isRight = true;
        foreach (var report in reports)
        {
            var found = await desk.VerifyAsync(report, cancellation);
            isRight &= found.IsSame;
            if (found.IsSame)
            {
                await host.Output.WriteLineAsync(Text(
                    $"Revision {report.Revision}: the checksum is right, and the figures are the same computed again from version {report.Report.Data.LakeVersion} of the lake."));
            }
            else if (found.Obstacle is { } obstacle)
            {
                Say($"{report.Path}: the checksum is right, but the figures cannot be computed again: {obstacle}");
            }

            foreach (var difference in found.Differences)
            {
                Say($"{report.Path}: {difference}");
            }
        }

        return isRight ? ExitStatus.Done : ExitStatus.Failed;
    }

    /// <summary>A table of the profiles.</summary>
    public int ListProfiles(ComplianceProfiles profiles)
    {
        host.Output.Write(TextTable.Print(
        [
            ["PROFILE", "VERSION", "TITLE", "SOURCE"],
            .. profiles.All.Select(profile => (IReadOnlyList<string>)
                [profile.Name, profile.Version.ToString(CultureInfo.InvariantCulture), profile.Title, profile.Sources[0].Address]),
        ]));
        return ExitStatus.Done;
    }

    /// <summary>A table of the revisions of a site. One that is damaged is named on standard error.</summary>
    public int ListIssued<TReport>(IssuedFolder<TReport> issued, string site, string? profile, string? period)
        where TReport : IssuableReport, IIssuable<TReport>
    {
        var rows = new List<IReadOnlyList<string>> { (string[])["PROFILE", "PERIOD", "REVISION", "ISSUED", "COMPLETE", "CHANGES", "CHECKSUM"] };
        var status = ExitStatus.Done;
        foreach (var key in issued.Keys(site, profile).Where(key => period is null || key.Period == period))
        {
            try
            {
                rows.AddRange(issued.All(key).Select(Row));
            }
            catch (ComplianceException damage)
            {
                Say(damage.Message);
                status = ExitStatus.Failed;
            }
        }

        host.Output.Write(TextTable.Print(rows, 2, 5));
        return status;
    }

    private static IReadOnlyList<string> Row<TReport>(IssuedReport<TReport> report)
        where TReport : IssuableReport =>
    [
        report.Key.Profile, report.Key.Period, Text($"{report.Revision}"), Text($"{report.Report.Issue!.IssuedAt}"),
        report.Report.Data.Complete ? "yes" : "no", Text($"{report.Report.Issue.Changes.Count + report.Report.Issue.OtherChanges.Count}"), report.Report.Checksum!,
    ];

    private void Say(string text) => host.Error.WriteLine(ErrorLine.Of(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
