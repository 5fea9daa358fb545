using System.Globalization;
using StatsGraph.Tests.Oracle;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>
/// The whole way, from bytes to JSON, against the brute-force second implementation, in every position of the schema: everything is asked
/// in the first zone, and in each of the other three another third of it.
/// </summary>
public class OracleAgreementTests
{
    private static readonly Dictionary<string, string> Aliases = new() { ["/jazz.aac"] = "/jazz" };

    [Theory]
    [InlineData(1, "Europe/Berlin", "2026-10-01", "2026-10-25", "2026-11-22T17:00:00Z", 1)]
    [InlineData(2, "America/New_York", "2026-03-01", "2026-03-08", "2026-03-20T03:30:00Z", 3)] // stamps in the future
    [InlineData(3, "Australia/Lord_Howe", "2026-04-01", "2026-04-05", "2026-03-01T12:00:00Z", 3)] // nothing but
    [InlineData(4, "Asia/Kathmandu", "2025-12-01", "2025-12-31", "2026-01-15T00:00:00Z", 3)]
    public void Every_figure_in_every_position_is_the_one_of_the_second_implementation(
        int seed, string zone, string firstMonth, string day, string now, int parts)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 900, zone, Date(firstMonth), Unfinished: true));
        using var lake = new SomeLake(zone, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), Aliases);
        lake.Ingest([lake.Write("access.log", log.ToBytes())]);
        var model = lake.Model(new OracleSource(log.ToBytes()));

        var queries = OracleQueries.All(new OracleScenario(SomeLake.Site, Date(firstMonth), Date(day)));
        foreach (var query in queries.Where((_, index) => index % parts == seed % parts))
            query.Check(model, lake.Ask);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
