using StatsGraph.Reports.Columns;

namespace StatsGraph.Tests.Reports.Columns;

public class RowOrderTests
{
    [Theory]
    [InlineData(0u, uint.MaxValue)]
    [InlineData(uint.MaxValue - 5, 6u)]
    [InlineData(2_400_000_000u, 31_536_000u)]
    [InlineData(7u, 1u)]
    public void Rows_are_sorted_over_the_whole_range_of_seconds(uint first, uint span)
    {
        var random = new Random(1);
        var sessions = PlainSession.Random(random, 3_000).Select(session =>
        {
            var start = first + (uint)random.NextInt64(span);
            return session with { Start = start, End = Math.Max(start, session.End) };
        }).ToList();
        var texts = new SiteTexts();
        var order = RowOrder.Sort(PlainSession.Rows(texts, sessions), new SessionKeyOrder(texts[TextColumn.Mount]));
        Assert.Equal(PlainSession.Visits(sessions).Select(visiting => visiting.Session), order.Select(row => sessions[row]));
    }

    [Fact]
    public void A_session_without_a_mount_comes_after_its_equals()
    {
        var texts = new SiteTexts();
        var (none, some) = (texts[TextColumn.Mount].Code(null), texts[TextColumn.Mount].Code("/a"));
        var keys = new SessionKeyOrder(texts[TextColumn.Mount]);
        Assert.Equal(1, keys.Compare(new SessionKey(1, 1, none, 0, 0), new SessionKey(1, 1, some, 1, 0)));
        Assert.Equal(-1, keys.Compare(new SessionKey(1, 1, some, 1, 0), new SessionKey(1, 1, none, 0, 0)));
    }
}
