using System.Text.RegularExpressions;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>The files of tokens.</summary>
public sealed partial class TokenFolderTests : IDisposable
{
    private readonly SomeTokens some = new();

    private TokenFolder Folder => some.Folder;

    public void Dispose() => some.Dispose();

    [Fact]
    public void A_token_is_recognised_by_its_beginning_and_no_two_are_alike()
    {
        var texts = Enumerable.Range(0, 50).Select(_ => Folder.Add(TokenScope.Read, [], null, null).Text).ToList();

        Assert.All(texts, text => Assert.Matches(@"\Asg_[a-z0-9]{12}_[0-9a-f]{64}\z", text));
        Assert.Equal(50, texts.Select(text => text.Split('_')[2]).Distinct().Count());
        Assert.Equal(50, Folder.List(out var damaged).Count);
        Assert.Empty(damaged);
    }

    [Fact]
    public void A_file_holds_everything_but_the_secret_and_is_its_owners_alone()
    {
        var end = some.Clock.GetUtcNow().AddDays(90);
        var (record, text) = Folder.Add(TokenScope.Ingest, ["radio", "jazz", "radio"], "the uploader", end);

        Assert.Equal(("the uploader", TokenScope.Ingest, some.Clock.GetUtcNow(), end), (record.Name, record.Scope, record.Created, record.Expires));
        Assert.Equal(["jazz", "radio"], record.Sites);
        Assert.Equal(["*"], Folder.Add(TokenScope.Read, [], null, null).Record.Sites);
        var content = File.ReadAllText(some.FileOf(text));
        Assert.DoesNotContain(text.Split('_')[2], content, StringComparison.Ordinal);
        Assert.Contains("\"sha256\"", content, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(some.FileOf(text)));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(some.FileOf(text))!));
        }
    }

    [Fact]
    public void A_revoked_token_keeps_its_record_and_the_time_of_the_first_revocation()
    {
        var (record, text) = Folder.Add(TokenScope.Read, ["radio"], null, null);
        some.Clock.Pass(TimeSpan.FromHours(1));
        var at = some.Clock.GetUtcNow();

        Assert.Equal(at, Folder.Revoke(record.Id)!.Revoked);
        some.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(at, Folder.Revoke(record.Id)!.Revoked);

        Assert.Equal(at, Assert.Single(Folder.List(out _)).Revoked);
        Assert.True(Folder.HasAny);
        Assert.False(Folder.HasUsable);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(some.FileOf(text)));
        }
    }

    [Theory]
    [InlineData("abcdefghijkl")]
    [InlineData("")]
    [InlineData("../lake")]
    [InlineData("../../etc/passwd")]
    public void What_is_no_token_cannot_be_revoked(string id)
    {
        Assert.Null(Folder.Revoke(id));
        Assert.False(Folder.HasAny);
        Assert.False(Folder.HasUsable);
    }

    [Fact]
    public async Task Many_who_add_and_revoke_at_once_lose_nothing()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var folder = new TokenFolder(some.Data, some.Clock);
            return Enumerable.Range(0, 10).Select(_ => folder.Add(TokenScope.Read, ["radio"], $"worker {worker}", null).Record.Id).ToList();
        })));
        var ids = made.SelectMany(id => id).ToList();

        // Every token is revoked by two at once, while a third one looks.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(worker => Task.Run(() =>
        {
            foreach (var id in ids)
            {
                if (worker == 2)
                {
                    Folder.List(out var damaged);
                    Assert.Empty(damaged);
                }
                else
                {
                    Assert.NotNull(new TokenFolder(some.Data, some.Clock).Revoke(id));
                }
            }
        })));

        Assert.Equal(ids.Order(StringComparer.Ordinal), Folder.List(out _).Select(token => token.Id).Order(StringComparer.Ordinal));
        Assert.All(Folder.List(out _), token => Assert.NotNull(token.Revoked));
        Assert.All(Directory.GetFiles(Path.Combine(some.Data, "tokens")), file => Assert.Matches(FileName(), Path.GetFileName(file)));
    }

    [Fact]
    public void A_damaged_file_is_listed_by_its_path_and_hides_no_other()
    {
        var (_, damaged) = Folder.Add(TokenScope.Read, [], null, null);
        var (intact, _) = Folder.Add(TokenScope.Read, [], null, null);
        File.WriteAllText(some.FileOf(damaged), "{");

        Assert.Equal([intact.Id], Folder.List(out var faults).Select(token => token.Id));
        Assert.StartsWith(some.FileOf(damaged) + ": the token's file is damaged and grants nothing: ", Assert.Single(faults), StringComparison.Ordinal);
        var fault = Assert.Throws<TokenException>(() => Folder.Revoke(damaged.Split('_')[1]));
        Assert.StartsWith(some.FileOf(damaged), fault.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A[a-z0-9]{12}\.json\z")]
    private static partial Regex FileName();
}
