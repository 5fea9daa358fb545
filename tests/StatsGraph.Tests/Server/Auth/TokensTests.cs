using System.Text.Json.Nodes;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>What a running server makes of the tokens of its data folder.</summary>
public sealed class TokensTests : IDisposable
{
    private readonly SomeTokens some = new();

    public void Dispose() => some.Dispose();

    [Fact]
    public void A_token_holds_as_soon_as_it_is_made_and_no_longer_once_it_is_revoked()
    {
        var tokens = some.Open();
        for (var round = 0; round < 20; round++)
        {
            var (record, text) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
            Assert.Equal(record.Id, tokens.Find(text)!.Name);
            Assert.Same(tokens.Find(text), tokens.Find(text));
            new TokenFolder(some.Data, some.Clock).Revoke(record.Id);
            Assert.Equal(TokenState.Ended, tokens.Check(text, out var caller));
            Assert.Same(Caller.Nobody, caller);
        }
    }

    [Fact]
    public void A_token_whose_file_is_deleted_is_unknown_at_once()
    {
        var tokens = some.Open();
        var (_, text) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
        Assert.NotNull(tokens.Find(text));
        File.Delete(some.FileOf(text));
        Assert.Equal(TokenState.Wrong, tokens.Check(text, out _));
    }

    [Fact]
    public void A_token_ends_at_the_instant_that_it_says()
    {
        var tokens = some.Open();
        var (_, text) = some.Folder.Add(TokenScope.Read, ["radio"], null, some.Clock.GetUtcNow().AddDays(1));
        some.Clock.Pass(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Assert.Equal(TokenState.Right, tokens.Check(text, out _));
        some.Clock.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(TokenState.Ended, tokens.Check(text, out _));
    }

    [Fact]
    public void Another_secret_another_id_and_no_token_at_all_are_wrong()
    {
        var tokens = some.Open();
        var (_, text) = some.Folder.Add(TokenScope.Read, [], null, null);
        var (_, other) = some.Folder.Add(TokenScope.Read, [], null, null);
        string[] wrong =
        [
            text[..^1] + (text[^1] == '0' ? '1' : '0'),
            $"sg_{text.Split('_')[1]}_{other.Split('_')[2]}",
            $"sg_abcdefghijkl_{text.Split('_')[2]}",
            text + "0", text[..^1], text.ToUpperInvariant(), " " + text, "", "sg_", "sg_../../etc/pa_" + text.Split('_')[2],
            $"sg_{text.Split('_')[1]}_{new string('\0', 64)}",
        ];
        Assert.All(wrong, guess => Assert.Equal(TokenState.Wrong, tokens.Check(guess, out _)));
        Assert.NotNull(tokens.Find(text));
        Assert.Empty(some.Log);
    }

    /// <summary>Both take the same way: the state of a file, one hash, one comparison. The files of a folder are many.</summary>
    [Fact]
    public void An_unknown_id_takes_as_long_as_a_wrong_secret()
    {
        var tokens = some.Open();
        var ids = Enumerable.Range(0, 200).Select(_ => some.Folder.Add(TokenScope.Read, [], null, null).Record.Id).ToList();
        var secret = new string('0', 64);
        var known = ids.ConvertAll(id => $"sg_{id}_{secret}");
        var unknown = ids.ConvertAll(id => $"sg_{new string([.. id.Reverse()])}_{secret}");
        var ratio = Enumerable.Range(0, 7).Select(_ => (double)Ticks(known) / Ticks(unknown)).Order().ElementAt(3);
        Assert.InRange(ratio, 0.2, 5);

        long Ticks(List<string> texts)
        {
            texts.ForEach(text => Assert.Equal(TokenState.Wrong, tokens.Check(text, out Caller _)));
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            texts.ForEach(text => tokens.Check(text, out _));
            return System.Diagnostics.Stopwatch.GetTimestamp() - began;
        }
    }

    [Fact]
    public void Without_a_data_folder_there_are_no_tokens()
    {
        var (_, text) = some.Folder.Add(TokenScope.Read, [], null, null);
        Assert.Null(new Tokens(null, token => Caller.Holder(token, SiteSet.None), some.Clock, some.Log).Find(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("sites", "[]")]
    [InlineData("sites", "null")]
    [InlineData("sites", "[null]")]
    [InlineData("sites", """["*", "radio"]""")]
    [InlineData("sites", """["a,b"]""")]
    [InlineData("sites", "\"*\"")]
    [InlineData("scope", "\"owner\"")]
    [InlineData("scope", "2")]
    [InlineData("id", "\"abcdefghijkl\"")]
    [InlineData("sha256", "\"\"")]
    [InlineData("sha256", "\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"")]
    [InlineData("revoked", null)]
    [InlineData("expires", "\"soon\"")]
    [InlineData("onlyOnSundays", "true")]
    public void A_damaged_file_grants_nothing_and_is_named_once_in_the_log(string part, string? value = "-")
    {
        var tokens = some.Open();
        var (_, text) = some.Folder.Add(TokenScope.Admin, [], null, null);
        Assert.NotNull(tokens.Find(text));
        var file = some.FileOf(text);
        File.WriteAllText(file, value == "-" ? part : Changed(File.ReadAllText(file), part, value));

        Assert.Equal(TokenState.Wrong, tokens.Check(text, out _));
        Assert.Equal(TokenState.Wrong, tokens.Check(text, out _));

        Assert.StartsWith($"The token file {file} is damaged and grants nothing: ", Assert.Single(some.Log), StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('_')[2], some.Log[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_stands_twice_is_damage()
    {
        var tokens = some.Open();
        var (_, text) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
        var file = some.FileOf(text);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"sites\"", "\"sites\": [\"*\"], \"sites\"", StringComparison.Ordinal));
        Assert.Null(tokens.Find(text));
        Assert.Single(some.Log);
    }

    [Fact]
    public async Task Many_who_ask_while_tokens_come_and_go_are_told_right()
    {
        var tokens = some.Open();
        var (_, lasting) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
        using var stop = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                Assert.NotNull(tokens.Find(lasting));
        })).ToList();
        for (var round = 0; round < 50; round++)
        {
            var (record, text) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
            Assert.NotNull(tokens.Find(text));
            some.Folder.Revoke(record.Id);
            Assert.Null(tokens.Find(text));
        }

        await stop.CancelAsync();
        await Task.WhenAll(asking);
    }

    private static string Changed(string json, string part, string? value)
    {
        var content = JsonNode.Parse(json)!.AsObject();
        content.Remove(part);
        if (value is not null)
            content[part] = JsonNode.Parse(value);
        return content.ToJsonString();
    }
}
