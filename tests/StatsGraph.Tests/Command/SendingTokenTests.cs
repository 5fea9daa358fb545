using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

public sealed class SendingTokenTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("given", null, "configured", "given")]
    [InlineData(null, "\n sg_file \r\n", "configured", "sg_file")]
    [InlineData(null, null, "configured", "configured")]
    [InlineData(null, null, null, null)]
    public void What_is_given_wins_over_the_setting(string? given, string? file, string? configured, string? token)
        => Assert.Equal(token, Read(given, file, configured));

    [Theory]
    [InlineData("a b", null, null, 2, "the token holds a blank, a control or a letter beyond ASCII; expected it as the server gave it")]
    [InlineData(null, null, "ä", 2, "the token holds a blank, a control or a letter beyond ASCII; expected it as the server gave it")]
    [InlineData("a", "b", null, 2, "option '--token' and '--token-file' both name the token; give one of them")]
    [InlineData(null, " \n", "c", 1, "PATH: holds no token; expected it on one line, as the server gave it")]
    [InlineData(null, "a\u0000b", null, 1, "PATH: holds no token; expected it on one line, as the server gave it")]
    public void What_is_no_token_is_told_without_it(string? given, string? file, string? configured, int status, string message)
    {
        var failure = Assert.Throws<CommandException>(() => Read(given, file, configured));
        Assert.Equal((status, message.Replace("PATH", TokenPath, StringComparison.Ordinal)), (failure.ExitStatus, failure.Message));
    }

    [Fact]
    public void No_more_of_a_file_is_read_than_a_token_may_have()
    {
        Assert.Equal(4096, Read(null, new string('a', 4096), null)!.Length);
        Assert.EndsWith("holds no token; expected it on one line, as the server gave it", Assert.Throws<CommandException>(() => Read(null, new string('a', 4097), null)).Message, StringComparison.Ordinal);
    }

    private string TokenPath => Path.Combine(folder.FullName, "a.token");

    private string? Read(string? given, string? file, string? configured)
    {
        if (file is not null)
            File.WriteAllText(TokenPath, file);
        return SendingToken.Read(SomeHost.In(folder.FullName), given, file is null ? null : "a.token", configured);
    }
}
