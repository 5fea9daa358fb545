using System.Text;

namespace StatsGraph.Verbs;

/// <summary>The token that is shown to a server: by an option, else by a file, else by the setting <c>Token</c>.</summary>
internal static class SendingToken
{
    /// <summary>Most bytes of a file; a token is far shorter.</summary>
    private const int LongestFile = 4096;

    /// <summary>The token; null where there is none.</summary>
    /// <param name="host">The working folder.</param>
    /// <param name="given">Value of <c>--token</c>; null where it is not given.</param>
    /// <param name="file">Value of <c>--token-file</c>: holds the token and nothing but white space around it; null where it is not given.</param>
    /// <param name="configured">The setting; null where it is not set.</param>
    /// <exception cref="CommandException">The file cannot be read, or it is no token. The message does not hold the secret.</exception>
    public static string? Read(CommandHost host, string? given, string? file, string? configured)
    {
        if (given is not null && file is not null)
        {
            throw CommandException.WrongUsage("option '--token' and '--token-file' both name the token; give one of them");
        }

        if (file is not null)
        {
            return ReadFile(host.Located(file));
        }

        var token = given ?? configured;
        return token is null || CanBeToken(token) ? token
            : throw CommandException.WrongUsage("the token holds a blank, a control or a letter beyond ASCII; expected it as the server gave it");
    }

    private static string ReadFile(string path)
    {
        var text = "";
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[LongestFile + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            text = length > LongestFile ? "" : Encoding.UTF8.GetString(bytes, 0, length).Trim();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Failed($"{path}: there is no such file", missing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: {failure.Message}", failure);
        }

        return text.Length > 0 && CanBeToken(text) ? text
            : throw CommandException.Failed($"{path}: holds no token; expected it on one line, as the server gave it");
    }

    /// <summary>Whether a text can stand in a header behind <c>Bearer</c>.</summary>
    private static bool CanBeToken(string text) => text.All(sign => sign is > ' ' and < '\x7F');
}
