using StatsGraph.Reports;

namespace StatsGraph.Tests.Reports;

public class ReferenceDataTests
{
    [Theory]
    [InlineData(null, ReferrerKind.Direct)]
    [InlineData("www.google.de", ReferrerKind.Search)]
    [InlineData("google.co.uk", ReferrerKind.Search)]
    [InlineData("duckduckgo.com", ReferrerKind.Search)]
    [InlineData("l.facebook.com", ReferrerKind.Social)]
    [InlineData("t.co", ReferrerKind.Social)]
    [InlineData("x.com", ReferrerKind.Social)]
    [InlineData("fox.com", ReferrerKind.Website)]
    [InlineData("t.example.org", ReferrerKind.Website)]
    [InlineData("x.example.com", ReferrerKind.Website)]
    [InlineData("google.example.org", ReferrerKind.Website)]
    [InlineData("radio.example.org", ReferrerKind.Website)]
    [InlineData("localhost", ReferrerKind.Website)]
    [InlineData("[2001:db8::1]", ReferrerKind.Website)]
    public void Hosts_tell_where_a_listener_came_from(string? host, ReferrerKind kind) => Assert.Equal(kind, Referrers.Kind(host));

    [Fact]
    public void Countries_have_names_continents_and_places()
    {
        Assert.Equal(new Country("DE", "Germany", "EU", 51, 9), Countries.Find("DE"));
        Assert.Equal("Kosovo", Countries.Find("XK")?.Name);
        Assert.Equal("NA", Countries.Find("MX")?.Continent);
        Assert.Equal("SA", Countries.Find("BR")?.Continent);
        Assert.Null(Countries.Find("ZZ"));
        Assert.Null(Countries.Find(null));
    }
}
