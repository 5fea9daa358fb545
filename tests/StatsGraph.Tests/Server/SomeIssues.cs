using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Tests.Server;

/// <summary>Issues compliance reports of a station, as the command does.</summary>
internal sealed class SomeIssues(SomeStation station)
{
    /// <summary>Profile of the reports.</summary>
    public const string Profile = "US-ATH";

    /// <summary>Issues a month.</summary>
    public async Task<IssuedReport<ComplianceReport>> IssueAsync(string month)
        => (await new ComplianceDesk(new ComplianceOptions { DataFolder = station.Folder }, station.Store).IssueAsync(
            SomeStation.Key, ComplianceProfiles.BuiltIn.Find(Profile)!, CompliancePeriod.Parse(month), TestContext.Current.CancellationToken)).Report;
}
