using StatsGraph.Reports;

namespace StatsGraph.Tests.Reports;

public class PagerTests
{
    // Two steps: a number, largest first, then a name.
    private static readonly Pager Pager = new("Test", new SortOrder(true, false), 2);
    private static readonly List<(long? Number, string? Name)> Rows =
        [(1, "e"), (3, "b"), (null, "x"), (3, "a"), (2, "c"), (2, null), (1, "d")];

    [Fact]
    public void Rows_come_by_value_then_by_key_and_null_comes_last() =>
        Assert.Equal(["a", "b", "c", null, "d", "e", "x"], Names(new PageRequest()));

    [Fact]
    public void Pages_join_up_to_the_whole_list_in_both_directions()
    {
        var forward = new List<string?>();
        for (string? after = null; ;)
        {
            var page = Cut(new PageRequest(First: 2, After: after));
            forward.AddRange(page.Edges.Select(edge => edge.Node.Name));
            if (!page.HasNext)
                break;
            after = page.Edges[^1].Cursor;
        }

        var backward = new List<string?>();
        for (string? before = null; ;)
        {
            var page = Cut(new PageRequest(Last: 3, Before: before));
            backward.InsertRange(0, page.Edges.Select(edge => edge.Node.Name));
            if (!page.HasPrevious)
                break;
            before = page.Edges[0].Cursor;
        }

        Assert.Equal(Names(new PageRequest()), forward);
        Assert.Equal(Names(new PageRequest()), backward);
    }

    [Fact]
    public void A_cursor_goes_on_where_its_row_stood_when_the_row_is_gone()
    {
        var page = Cut(new PageRequest(First: 3));
        var rest = Pager.Cut(Rows.Where(row => row.Name != "c"), Key, new PageRequest(After: page.Edges[^1].Cursor));
        Assert.Equal([null, "d", "e", "x"], rest.Edges.Select(edge => edge.Node.Name));
        Assert.Equal(6, rest.TotalCount);
    }

    [Fact]
    public void A_page_is_ten_rows_unless_asked_otherwise()
    {
        var rows = Enumerable.Range(0, 25).Select(number => ((long?)number, (string?)"n")).ToList();
        var page = Pager.Cut(rows, Key, new PageRequest());
        Assert.Equal((10, true, false, 25), (page.Edges.Count, page.HasNext, page.HasPrevious, page.TotalCount));
        Assert.Equal(25, Pager.Cut(rows, Key, new PageRequest(Last: 1000)).Edges.Count);
        Assert.Empty(Pager.Cut(rows, Key, new PageRequest(First: 0)).Edges);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("W10")] // []
    [InlineData("e30")] // {}
    public void A_cursor_of_nothing_is_refused_by_name(string cursor)
    {
        var error = Assert.Throws<ReportException>(() => Cut(new PageRequest(After: cursor)));
        Assert.Equal("CURSOR_INVALID", error.Code);
        Assert.Equal($"'after' is no cursor of this list in this order: '{cursor}'; expected one from its edges.", error.Message);
    }

    [Theory]
    [InlineData("""["Test",[],"a"]""")]
    [InlineData("""["Test",[1],"a"]""")]
    [InlineData("""["Test","abc","a"]""")]
    [InlineData("""["Test",1,2]""")]
    [InlineData("""["Test",{},"a"]""")]
    [InlineData("""["Test",1.5,"a"]""")]
    public void A_cursor_with_values_of_another_kind_is_refused(string forged)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(forged));
        Assert.Equal("CURSOR_INVALID", Assert.Throws<ReportException>(() => Cut(new PageRequest(Before: cursor))).Code);
    }

    [Fact]
    public void A_cursor_of_another_order_is_refused()
    {
        var other = new Pager("Other", new SortOrder(true, false), 2).Cut(Rows, Key, new PageRequest()).Edges[0].Cursor;
        Assert.Equal("CURSOR_INVALID", Assert.Throws<ReportException>(() => Cut(new PageRequest(Before: other))).Code);
    }

    [Fact]
    public void Page_sizes_have_bounds()
    {
        var large = Assert.Throws<ReportException>(() => Pager.Check(new PageRequest(First: 1001)));
        Assert.Equal(("HC0051", "'first' is 1001; a page has at most 1000 rows."), (large.Code, large.Message));
        var negative = Assert.Throws<ReportException>(() => Pager.Check(new PageRequest(Last: -1)));
        Assert.Equal(("PAGE_SIZE_INVALID", "'last' is -1; expected 0 or more."), (negative.Code, negative.Message));
    }

    [Theory]
    [InlineData("a", "b", -1)]
    [InlineData("a", "ab", -1)]
    [InlineData("\uFFFD", "\U0001F4FB", -1)]
    [InlineData("\U0001F4FB", "z", 1)]
    [InlineData("é", "é", 0)]
    public void Texts_come_in_the_order_of_their_UTF8_bytes(string a, string b, int expected) =>
        Assert.Equal(expected, Math.Sign(SortOrder.CompareTexts(a, b)));

    [Fact]
    public void Cursors_keep_doubles_to_the_last_bit()
    {
        var cursor = new Cursor("Test", 2);
        var key = new SortKey(0.1 + 0.2, "ü\u0000\"");
        Assert.Equal(key.Values, cursor.Read("after", cursor.Write(key)).Values);
    }

    private static SortKey Key((long? Number, string? Name) row) => new(row.Number, row.Name);

    private static Page<(long? Number, string? Name)> Cut(PageRequest request) => Pager.Cut(Rows, Key, request);

    private static IEnumerable<string?> Names(PageRequest request) => Cut(request).Edges.Select(edge => edge.Node.Name);
}
