using System.Net;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>What callers may, by scope and sites, and when a server asks who they are.</summary>
public sealed class CallerTests : IDisposable
{
    private readonly SomeTokens some = new();

    public void Dispose() => some.Dispose();

    [Theory]
    [InlineData(TokenScope.Read, "radio", true, false, false)]
    [InlineData(TokenScope.Read, "", true, false, false)]
    [InlineData(TokenScope.Ingest, "radio", false, true, false)]
    [InlineData(TokenScope.Ingest, "", false, true, false)]
    [InlineData(TokenScope.Admin, "radio", true, true, false)]
    [InlineData(TokenScope.Admin, "", true, true, true)]
    public void The_scope_says_what_and_the_sites_say_where(TokenScope scope, string site, bool reads, bool ingests, bool operates)
    {
        var record = some.Folder.Add(scope, site.Length > 0 ? [site] : [], null, null).Record;
        var caller = Caller.Holder(record, SiteSet.None);

        Assert.Equal((reads, ingests, operates), (caller.MayRead("radio"), caller.MayIngest("radio"), caller.MayOperate));
        Assert.Equal((reads && site.Length == 0, ingests && site.Length == 0), (caller.MayRead("jazz"), caller.MayIngest("jazz")));
        Assert.False(caller.MayRead(""));
        Assert.False(caller.MayIngest(""));
        Assert.Equal((record.Id, true), (caller.Name, caller.IsKnown));
        Assert.DoesNotContain(record.Sha256, caller.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_everybody_sees_the_holder_of_a_token_sees_too()
    {
        var everybody = SiteSet.Of(["open"]);
        var reader = Caller.Holder(some.Folder.Add(TokenScope.Read, ["radio"], null, null).Record, everybody);
        var sender = Caller.Holder(some.Folder.Add(TokenScope.Ingest, ["radio"], null, null).Record, everybody);

        Assert.Equal((true, true, false), (reader.MayRead("open"), reader.MayRead("radio"), reader.MayIngest("open")));
        Assert.Equal((true, false, false), (sender.MayRead("open"), sender.MayRead("radio"), sender.MayIngest("open")));
        Assert.Equal((true, false, false), (Caller.Anonymous(everybody).MayRead("open"), Caller.Anonymous(everybody).MayRead("radio"), Caller.Anonymous(everybody).IsKnown));
        Assert.False(Caller.Nobody.MayRead("open"));
    }

    [Fact]
    public void The_same_sites_have_the_same_text_and_others_another_one()
    {
        Assert.Equal(SiteSet.Of(["b", "a"]).Text, SiteSet.Of(["a", "b", "a"]).Text);
        Assert.Equal(SiteSet.Of(["a"]).And(SiteSet.Of(["b"])).Text, SiteSet.Of(["a", "b"]).Text);
        Assert.Equal(SiteSet.All.Text, SiteSet.Of(["a"]).And(SiteSet.All).Text);
        string[] texts = [SiteSet.All.Text, SiteSet.None.Text, SiteSet.Of(["a"]).Text, SiteSet.Of(["a", "b"]).Text, SiteSet.Of(["ab"]).Text];
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.Equal((true, true), (SiteSet.Of([]).IsNone, SiteSet.None.IsNone));
    }

    [Theory]
    [InlineData("http://127.0.0.1:80", null, false, false, "", AccessMode.Open)]
    [InlineData("http://127.0.0.1:80;http://[::1]:80", null, false, false, "", AccessMode.Open)]
    [InlineData("http://127.0.0.1:80;http://0.0.0.0:81", null, false, false, "", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", null, true, false, "", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", null, false, true, "", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", null, false, false, "usable", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", null, false, false, "revoked", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", null, false, false, "damaged", AccessMode.Tokens)]
    [InlineData("http://127.0.0.1:80", AccessMode.Open, false, false, "usable", AccessMode.Open)]
    [InlineData("http://127.0.0.1:80", AccessMode.Tokens, false, false, "", AccessMode.Tokens)]
    public void Tokens_are_asked_for_unless_the_server_is_alone(
        string urls, AccessMode? configured, bool proxies, bool isPublic, string token, AccessMode expected)
    {
        if (token.Length > 0)
        {
            var (record, text) = some.Folder.Add(TokenScope.Read, [], null, null);
            if (token == "revoked")
                some.Folder.Revoke(record.Id);
            if (token == "damaged")
                File.WriteAllText(some.FileOf(text), "");
        }

        var options = new ServerOptions { Urls = urls, Access = configured, Proxies = proxies ? [IPNetwork.Parse("127.0.0.1/32")] : [], Public = isPublic, PublicSites = ["open"] };
        var rules = AccessRules.Of(options, some.Folder);
        Assert.Equal(expected, rules.Mode);
        Assert.Equal(isPublic ? "*" : "open", rules.Everybody.Text);
        Assert.Equal(token.Length > 0 ? AccessMode.Open : expected, AccessRules.Of(options, null).Mode);
    }
}
